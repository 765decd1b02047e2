import { h, write } from './dom.ts'
import { drawQr } from './qr.ts'
import type { RoomCode } from './reporter.ts'
import { t } from './texts.ts'

/** The code of the room: a picture for cameras, figures for people, and how many are there. */
export function roomPanel() {
  const canvas = h('canvas', { class: 'qr' })
  const figures = h('p', { class: 'figures' })
  const present = h('p', { class: 'present' })
  const off = h('p', { class: 'off' }, t('play.noRoom'))
  const on = h(
    'div',
    {},
    h('h2', {}, t('play.room')),
    canvas,
    figures,
    present,
    h('p', { class: 'scan' }, t('play.scan')),
  )
  const element = h('aside', { class: 'room' }, on, off)
  let isHidden = false
  let drawn = ''
  return {
    element,
    toggle(): void {
      isHidden = !isHidden
    },
    show(code: RoomCode | null, isPlaying: boolean): void {
      element.style.display = isHidden || !isPlaying ? 'none' : 'block'
      on.style.display = code ? 'block' : 'none'
      off.style.display = code ? 'none' : 'block'
      if (!code) return
      if (drawn !== code.qr) drawQr(canvas, code.qr)
      drawn = code.qr
      write(figures, `${code.figures.slice(0, 3)} ${code.figures.slice(3)}`)
      write(present, t('play.present', { count: code.present }))
    },
  }
}
