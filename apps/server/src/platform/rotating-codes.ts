import { createHmac, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/**
 * The rotating check-in code: HMAC-SHA-256 over what is met (a meeting, an airing) and the half minute, under a key of
 * this installation. As a QR code it carries its own half minute, so that it may be sent later; typed, it is six figures
 * of the same bytes.
 */
export const STEP_MS = 30_000
/** A code stays good for one more step: people read it off a screen and type. */
const GRACE_STEPS = 1
/** What was captured without a network may arrive within a day. */
export const LATEST_MS = 24 * 3_600_000
/** Beyond this an answer counts as submitted later, which the organiser sees. */
const AT_ONCE_MS = 2 * STEP_MS

export type CodeKey = Buffer
export const stepOf = (at: Date): number => Math.floor(at.getTime() / STEP_MS)

/** A hall of people reads the same code off the same screen: it is reckoned once, not once for each of them. */
const macs = new WeakMap<CodeKey, LRUCache<string, Buffer>>()
function macOf(key: CodeKey, subjectId: string, step: number): Buffer {
  let known = macs.get(key)
  if (!known) macs.set(key, (known = new LRUCache({ max: 1000 })))
  const text = `${subjectId}|${step}`
  let mac = known.get(text)
  if (!mac) known.set(text, (mac = createHmac('sha256', key).update(text).digest()))
  return mac
}
export const tokenOf = (key: CodeKey, subjectId: string, step: number): string =>
  `${step}.${macOf(key, subjectId, step).subarray(0, 16).toString('base64url')}`
export const figuresOf = (key: CodeKey, subjectId: string, step: number): string =>
  String(macOf(key, subjectId, step).readUInt32BE(16) % 1_000_000).padStart(6, '0')

export type Reading =
  | { readonly ok: true; readonly way: 'scanned' | 'typed'; readonly at: Date; readonly submittedLater: boolean }
  | { readonly ok: false; readonly reason: 'code_wrong' | 'code_expired' }

/**
 * What a code says at `now`. `capturedAt` is the device's word for a code it could not send at once; a code that is
 * still running needs none. The instant that counts is when the code was on the screen.
 */
export function readCode(key: CodeKey, subjectId: string, code: string, now: Date, capturedAt: Date | null): Reading {
  return code.includes('.')
    ? scanned(key, subjectId, code, now, capturedAt)
    : typed(key, subjectId, code, now, capturedAt)
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

function scanned(key: CodeKey, subjectId: string, code: string, now: Date, capturedAt: Date | null): Reading {
  const step = Number(code.slice(0, code.indexOf('.')))
  if (!same(code, tokenOf(key, subjectId, step))) return { ok: false, reason: 'code_wrong' }
  const current = stepOf(now)
  if (step > current + GRACE_STEPS) return { ok: false, reason: 'code_wrong' }
  if (step >= current - GRACE_STEPS) return { ok: true, way: 'scanned', at: now, submittedLater: false }
  return later('scanned', step, now, capturedAt)
}

function typed(key: CodeKey, subjectId: string, code: string, now: Date, capturedAt: Date | null): Reading {
  const current = stepOf(now)
  for (let step = current; step >= current - GRACE_STEPS; step -= 1) {
    if (same(code, figuresOf(key, subjectId, step))) return { ok: true, way: 'typed', at: now, submittedLater: false }
  }
  if (capturedAt) {
    const captured = stepOf(capturedAt)
    // The device's clock may be half a minute off either way.
    for (const step of [captured, captured - 1, captured + 1]) {
      if (step < current && same(code, figuresOf(key, subjectId, step))) return later('typed', step, now, capturedAt)
    }
  }
  return { ok: false, reason: 'code_wrong' }
}

function later(way: 'scanned' | 'typed', step: number, now: Date, capturedAt: Date | null): Reading {
  const at = new Date(step * STEP_MS)
  const age = now.getTime() - at.getTime()
  if (!capturedAt || age > LATEST_MS) return { ok: false, reason: 'code_expired' }
  return { ok: true, way, at, submittedLater: age > AT_ONCE_MS }
}
