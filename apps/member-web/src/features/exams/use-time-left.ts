import type { OwnSitting } from '@tongxin/contract/exams.own'
import { dateOf, timeOf } from '@tongxin/ui'
import { useEffect, useState } from 'react'
import { clockAhead } from './kept-answers.ts'

/** Seconds left by the clock of the server; null without a limit. Calls `onOver` once they are used up. */
export function useTimeLeft(sheet: OwnSitting, onOver: () => void): number | null {
  const [now, setNow] = useState(Date.now)
  const { endsAt, id } = sheet
  const left = endsAt === null ? null : Math.max(0, Math.ceil((Date.parse(endsAt) - now - clockAhead(id)) / 1000))
  const isOver = left === 0
  useEffect(() => {
    if (endsAt === null || isOver) return
    const tick = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(tick)
  }, [endsAt, isOver])
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  return left
}

/** `1:05:09`, `12:40`. */
export function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, at) => (at === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':')
}

/** Day and clock time in China: a window is read as it is written, not as hours from now. */
export const momentText = (instant: string): string => `${dateOf(instant)} ${timeOf(instant)}`
