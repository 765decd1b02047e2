import { serverNow, whenText } from './clock.ts'
import { h, write } from './dom.ts'
import { drawQr } from './qr.ts'
import type { Meeting, ScreenCode } from './reporter.ts'
import { t } from './texts.ts'

type Shown = 'meeting' | 'room' | 'nothing'
/** What there is to check in to while something plays: the meeting that was put on this set, and the room itself. */
export type Checks = {
  readonly meeting: Meeting | null
  readonly meetingCode: ScreenCode | null
  readonly roomCode: ScreenCode | null
}

/** The code to check in by: a picture for cameras, figures for people, and how many are there. */
export function roomPanel() {
  const title = h('h2', {})
  const canvas = h('canvas', { class: 'qr' })
  const figures = h('p', { class: 'figures' })
  const present = h('p', { class: 'present' })
  const scan = h('p', { class: 'scan' })
  const off = h('p', { class: 'off' })
  const on = h('div', {}, canvas, figures, present, scan)
  const element = h('aside', { class: 'room' }, title, on, off)
  let turned = 0
  let drawn = ''
  return {
    element,
    /** To the next of what there is to show; nothing at all comes last. */
    toggle(): void {
      turned += 1
    },
    show({ meeting, meetingCode, roomCode }: Checks, isPlaying: boolean): void {
      const all: Shown[] = meeting ? ['meeting', 'room', 'nothing'] : ['room', 'nothing']
      const shown = all[turned % all.length]
      element.style.display = shown === 'nothing' || !isPlaying ? 'none' : 'block'
      const code = shown === 'meeting' ? meetingCode : roomCode
      write(title, shown === 'meeting' && meeting ? t('meeting.of', { title: meeting.title }) : t('play.room'))
      write(scan, t(shown === 'meeting' ? 'meeting.scan' : 'play.scan'))
      write(off, shown === 'meeting' && meeting ? whyNoCode(meeting) : t('play.noRoom'))
      on.style.display = code ? 'block' : 'none'
      off.style.display = code ? 'none' : 'block'
      if (!code) return
      if (drawn !== code.qr) drawQr(canvas, code.qr)
      drawn = code.qr
      write(figures, figuresText(code))
      const called = meeting ? meeting.called : 0
      const facts = { count: code.present, called }
      write(present, shown === 'meeting' ? t('meeting.present', facts) : t('play.present', facts))
    },
  }
}

export const figuresText = ({ figures }: ScreenCode): string => `${figures.slice(0, 3)} ${figures.slice(3)}`

/** Before the code opens, and when the network was away for longer than codes were given ahead. */
export function whyNoCode({ opensAt }: Meeting): string {
  const at = Date.parse(opensAt)
  return serverNow() < at ? t('meeting.opens', { time: whenText(at) }) : t('meeting.noCode')
}
