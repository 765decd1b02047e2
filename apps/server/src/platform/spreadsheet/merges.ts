import type { Readable } from 'node:stream'
import type { Merge } from '@tongxin/domain/roster/sheet'
import { LIMITS } from './limits.ts'
import { Unreadable } from './unreadable.ts'

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g
const LONGEST_TAG = 200

/**
 * Merged ranges stand after the rows of a worksheet (ECMA-376 part 1, 18.3.1.99), but are needed while reading them: a
 * first pass over the inflated bytes picks them out and at the same time counts every byte against the limits.
 */
export async function mergesOf(source: Readable): Promise<Merge[]> {
  const merges: Merge[] = []
  let rest = ''
  for await (const chunk of source) {
    const text = rest + (chunk as Buffer).toString('latin1')
    let end = 0
    if (text.includes('mergeCell')) {
      for (const match of text.matchAll(MERGE)) {
        merges.push(rangeOf(match))
        end = match.index + match[0].length
      }
      if (merges.length > LIMITS.merges) throw new Unreadable('unpacks_too_large', { limit: `${LIMITS.merges} ×` })
    }
    rest = text.slice(Math.max(end, text.length - LONGEST_TAG))
  }
  return merges
}

function rangeOf([, left = '', top = '', right = '', bottom = '']: RegExpMatchArray): Merge {
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) }
}

function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Inflates an entry only to count it. */
export async function measured(source: Readable): Promise<void> {
  for await (const chunk of source) void chunk
}
