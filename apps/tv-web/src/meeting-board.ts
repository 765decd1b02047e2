import { fill, h, write } from './dom.ts'
import { drawQr } from './qr.ts'
import type { Meeting, Reporter } from './reporter.ts'
import { figuresText, whyNoCode } from './room-panel.ts'
import { t } from './texts.ts'

export type Board = { tick(): void }

/** The check-in code of a meeting on the whole screen, to be read from the last row of the room. */
export function showBoard(root: Element, meeting: Meeting, reporter: Reporter): Board {
  const canvas = h('canvas', { class: 'qr' })
  const figures = h('p', { class: 'figures' })
  const present = h('p', { class: 'present', role: 'status' })
  const off = h('p', { class: 'off' })
  const scan = h('p', { class: 'small' }, t('meeting.lead'))
  const words = h(
    'div',
    { class: 'words' },
    h('p', { class: 'small' }, t('meeting.title')),
    h('h1', {}, meeting.title),
    figures,
    off,
    present,
    scan,
    h('p', { class: 'small hint' }, t('meeting.hint')),
  )
  const picture = h('div', { class: 'paper' }, canvas)
  fill(root, h('main', { class: 'board' }, words, picture))
  let drawn = ''
  return {
    tick() {
      const now = reporter.meeting ?? meeting
      const code = reporter.meetingCode
      figures.style.display = picture.style.display = scan.style.display = code ? 'block' : 'none'
      off.style.display = code ? 'none' : 'block'
      write(off, code ? '' : whyNoCode(now))
      write(present, t('meeting.present', { count: now.present, called: now.called }))
      if (!code) return
      if (drawn !== code.qr) drawQr(canvas, code.qr)
      drawn = code.qr
      write(figures, figuresText(code))
    },
  }
}
