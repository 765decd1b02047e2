/** One thing said: seconds from the beginning, and plain text. */
export type CaptionCue = { readonly start: number; readonly end: number; readonly text: string }

export type CaptionFault =
  | 'no_header'
  | 'timing_wrong'
  | 'ends_before_start'
  | 'out_of_order'
  | 'no_text'
  | 'too_many'
  | 'nothing_said'
export type CaptionReading =
  | { readonly ok: true; readonly cues: readonly CaptionCue[] }
  | { readonly ok: false; readonly fault: CaptionFault; readonly line: number }

const MOST_CUES = 20_000
const MOST_LETTERS = 500
const TIMING = /^((?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3})[ \t]+-->[ \t]+((?:\d{2,}:)?\d{2}:\d{2}[.,]\d{3})(?:[ \t].*)?$/
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
}

type Block = { readonly line: number; readonly lines: readonly string[] }

/** Paragraphs of the text with the number of their first line, from 1. */
function blocksOf(lines: readonly string[], from: number): Block[] {
  const blocks: Block[] = []
  let open: string[] = []
  for (let at = from; at <= lines.length; at += 1) {
    const line = lines[at]
    if (line !== undefined && line.trim() !== '') open.push(line)
    else if (open.length > 0) {
      blocks.push({ line: at - open.length + 1, lines: open })
      open = []
    }
  }
  return blocks
}

function secondsOf(time: string): number {
  const parts = time.replace(',', '.').split(':').map(Number)
  const total = parts.reduce((sum, part) => sum * 60 + part, 0)
  return Math.round(total * 1000) / 1000
}

/** The words of a cue: markup of speakers, ruby and karaoke goes (W3C WebVTT 4.2.2), its text stays. */
// Up to the next bracket of either kind: half a million that open and none that closes are read once, not for each.
function plain(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&([a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim()
    .slice(0, MOST_LETTERS)
}

function cueOf(block: Block): CaptionCue | { fault: CaptionFault; line: number } {
  const at = block.lines.findIndex((line) => line.includes('-->'))
  const match = at < 0 || at > 1 ? null : TIMING.exec((block.lines[at] ?? '').trim())
  if (!match) return { fault: 'timing_wrong', line: block.line + Math.max(at, 0) }
  const [start, end] = [secondsOf(match[1] ?? ''), secondsOf(match[2] ?? '')]
  if (end <= start) return { fault: 'ends_before_start', line: block.line + at }
  const text = plain(block.lines.slice(at + 1))
  return text === '' ? { fault: 'no_text', line: block.line + at } : { start, end, text }
}

/**
 * Reads captions in WebVTT (W3C) or SubRip, which differs by its missing header and the comma in its times. Styles,
 * regions and notes are left out; what is kept is time and plain text. @returns the cues, or what is wrong in which line
 */
export function readCaptions(source: string): CaptionReading {
  const lines = source
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '\uFFFD')
    .split(/\r\n|\n|\r/)
  const isVtt = /^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')
  const isSrt = !isVtt && /^\s*\d+\s*$/.test(lines.find((line) => line.trim() !== '') ?? '')
  if (!isVtt && !isSrt) return { ok: false, fault: 'no_header', line: 1 }
  const blocks = blocksOf(lines, isVtt ? 1 : 0).filter((block) => !/^(NOTE|STYLE|REGION)\b/.test(block.lines[0] ?? ''))
  // The lines right below the header belong to it (metadata of older programs).
  const said = isVtt
    ? blocks.filter((block) => block.line > 2 || block.lines.some((line) => line.includes('-->')))
    : blocks
  if (said.length > MOST_CUES) return { ok: false, fault: 'too_many', line: said[MOST_CUES]?.line ?? 1 }
  const cues: CaptionCue[] = []
  for (const block of said) {
    const cue = cueOf(block)
    if ('fault' in cue) return { ok: false, ...cue }
    if (cue.start < (cues.at(-1)?.start ?? 0)) return { ok: false, fault: 'out_of_order', line: block.line }
    cues.push(cue)
  }
  return cues.length === 0 ? { ok: false, fault: 'nothing_said', line: 1 } : { ok: true, cues }
}

function timeOf(seconds: number): string {
  const whole = Math.round(seconds * 1000)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const thousandths = String(whole % 1000).padStart(3, '0')
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${thousandths}`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The cues as WebVTT. */
export const writeCaptions = (cues: readonly CaptionCue[]): string =>
  `WEBVTT\n\n${cues.map(({ start, end, text }) => `${timeOf(start)} --> ${timeOf(end)}\n${escaped(text)}\n`).join('\n')}`
