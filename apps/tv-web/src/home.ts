import type { TvGuide, TvProgramme } from '@tongxin/contract/television.tv'
import { serverNow, timeText, whenText } from './clock.ts'
import { fill, h, write } from './dom.ts'
import { channelNameOf, nextAfter, programmeOf, runningAt, type Slot } from './guide.ts'
import type { Meeting } from './reporter.ts'
import { type Language, languageNow, speak, t } from './texts.ts'

/** By its own name, as whoever cannot read the one that is on knows it. */
const OTHER_LANGUAGE: Readonly<Record<Language, string>> = { 'zh-CN': 'English', en: '中文' }

export type Home = { readonly element: Element; tick(isOnline: boolean): void }
type Known = {
  readonly guide: TvGuide
  readonly keptEditions: readonly string[]
  readonly meeting: Meeting | null
}
type Chosen = { readonly programme: TvProgramme; readonly slot: Slot | null }

/** What is on, what comes, and what may be chosen; `keptEditions` play without a network. */
export function showHome(
  root: Element,
  { guide, keptEditions, meeting }: Known,
  act: {
    readonly choose: (chosen: Chosen) => void
    readonly openMeeting: () => void
    readonly repaint: () => void
  },
): Home {
  const clock = h('p', { class: 'clock' })
  const lamp = h('p', { class: 'lamp', role: 'status' })
  const language = h('button', {
    type: 'button',
    onClick: () => {
      speak(languageNow() === 'en' ? 'zh-CN' : 'en')
      act.repaint()
    },
  })
  write(language, OTHER_LANGUAGE[languageNow()])
  const head = h(
    'header',
    {},
    h('div', {}, h('h1', {}, guide.set.name), h('p', { class: 'small' }, guide.set.orgName)),
    h('div', { 'data-row': true, class: 'corner' }, lamp, clock, language),
  )
  const rows = [meeting && offered(meeting, act.openMeeting), scheduled(guide, act.choose)].concat(
    guide.channels.map(({ name, orgName, programmes }) => {
      const tiles = programmes.filter(({ isOnDemand }) => isOnDemand).map((one) => tile(one, keptEditions, act.choose))
      return tiles.length > 0 ? row(`${orgName} · ${name}`, tiles) : null
    }),
  )
  const shown = rows.filter((one): one is HTMLElement => one !== null)
  const empty = h('section', { class: 'empty' }, h('h2', {}, t('home.none')), h('p', {}, t('home.noneLead')))
  const element = h('main', { class: 'home' }, head, ...(shown.length > 0 ? shown : [empty]))
  fill(root, element)
  const first = element.querySelector('section button') ?? element.querySelector('button')
  if (first) (first as HTMLButtonElement).focus()
  return {
    element,
    tick(isOnline) {
      write(clock, timeText(serverNow()))
      write(lamp, isOnline ? `● ${t('network.on')}` : `○ ${t('network.off')}`)
      lamp.className = isOnline ? 'lamp' : 'lamp is-off'
    },
  }
}

function row(title: string, tiles: readonly HTMLElement[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), h('div', { class: 'row', 'data-row': true }, ...tiles))
}

function tile(programme: TvProgramme, keptEditions: readonly string[], choose: (chosen: Chosen) => void): HTMLElement {
  const minutes = t('home.minutes', { count: Math.max(1, Math.round(programme.seconds / 60)) })
  const isKept = keptEditions.indexOf(programme.edition) >= 0
  return h(
    'button',
    { type: 'button', class: 'tile', onClick: () => choose({ programme, slot: null }) },
    h('strong', {}, programme.title),
    h('span', {}, isKept ? `${minutes} · ${t('home.kept')}` : minutes),
  )
}

/** The meeting whose code was left by the back key: it is one press away. */
function offered({ title }: Meeting, open: () => void): HTMLElement {
  const words = [h('strong', {}, title), h('span', {}, t('meeting.open'))]
  return row(t('meeting.show'), [h('button', { type: 'button', class: 'tile is-scheduled', onClick: open }, ...words)])
}

function scheduled(guide: TvGuide, choose: (chosen: Chosen) => void): HTMLElement | null {
  const now = serverNow()
  const running = runningAt(guide, now)
  const slot = running ?? nextAfter(guide, now)
  const programme = slot && programmeOf(guide, slot.programmeId)
  if (!slot || !programme) return null
  const words = running ? t('home.watch') : t('home.at', { time: whenText(Date.parse(slot.startsAt)) })
  const button = h(
    'button',
    { type: 'button', class: 'tile is-scheduled', onClick: () => running && choose({ programme, slot }) },
    h('strong', {}, programme.title),
    h('span', {}, `${channelNameOf(guide, programme)} · ${words}`),
  )
  return row(t(running ? 'home.now' : 'home.next'), [button])
}
