// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"disableJavaScriptFileLoading":true,"handleDisabledFileLoadingAsSuccess":true}}
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Scorm12API, Scorm2004API } from 'scorm-again'
import { describe, expect, it } from 'vitest'
import type { StructureItem } from './courseware.manifest.ts'
import { rolledUp, standingOf } from './courseware.runtime.ts'

/** The player page with the library it loads, in a document; whoever holds it in a frame is this file. */
type Element = { innerHTML: string; textContent: string; onload: () => void; click: () => void }
type Page = {
  readonly document: Record<'head' | 'body' | 'documentElement', Element & { dataset: Record<string, string> }> & {
    createElement: (name: string) => Element
    readonly querySelector: (selector: string) => Element | null
    readonly getElementById: (id: string) => Element | null
  }
}
type Keep = { readonly kind: string; readonly item: string; readonly runtime: string }
type Api = Record<string, (...words: string[]) => string>
type Kind = 'scorm12' | 'scorm2004'

const here = import.meta.dirname
const code = readFileSync(join(here, 'player/player.js'), 'utf8')
const [, body = ''] = /<body>(.*)<\/body>/s.exec(readFileSync(join(here, 'player/player.html'), 'utf8')) ?? []
const APP = 'http://127.0.0.1:8080'
const { document } = globalThis as unknown as Page
// There is no server here that frames could load from: this file speaks for the lessons in them.
const create = document.createElement.bind(document)
document.createElement = (name) => create(name === 'iframe' ? 'div' : name)

const lesson = (id: string, more: object = {}): StructureItem => ({
  ...{ id, title: id, depth: 0, path: `${id}.html`, speaks: true, launchData: '', masteryScore: null, threshold: null },
  objectives: [],
  ...more,
})

/** Opens the player as the page of the application does, with what was kept of each lesson before. */
function opened(kind: Kind, items: readonly StructureItem[], before: ReadonlyMap<string, string> = new Map()) {
  document.documentElement.dataset.app = APP
  document.body.innerHTML = body
  document.head.innerHTML = ''
  const kept = new Map(before)
  const hear: Record<string, (event: object) => void> = {}
  const parent = {
    postMessage: (said: Keep) => {
      if (said.kind === 'courseware.keep') kept.set(said.item, said.runtime)
    },
  }
  const window: Record<string, unknown> = { parent, innerWidth: 400, Scorm12API, Scorm2004API }
  window.addEventListener = (type: string, listener: (event: object) => void) => {
    hear[type] = listener
  }
  new Function('window', 'document', code)(window, document)
  const tell = (data: object) => hear.message?.({ origin: APP, source: parent, data })
  const launched = items.map((item) => {
    const runtime = before.get(item.id) ?? null
    const isDone = runtime !== null && standingOf(kind, item, runtime).completion
    return { ...item, sequence: 0, isDone, runtime }
  })
  const launch = { kind, attemptId: 'x', launchId: 'y', learner: { id: 'p', name: '学习者' }, items: launched }
  tell({ kind: 'courseware.start', launch, words: {}, language: 'zh-CN' })
  document.querySelector(`script[src="parts/${kind}.js"]`)?.onload()
  return {
    kept,
    place: () => document.getElementById('place')?.textContent,
    next: () => document.getElementById('next')?.click(),
    leave: () => tell({ kind: 'courseware.leave' }),
    api: () => (kind === 'scorm12' ? window.API : window.API_1484_11) as Api,
  }
}

const attemptOf = (kind: Kind, items: readonly StructureItem[], kept: ReadonlyMap<string, string>) =>
  rolledUp(
    items.length,
    items.flatMap((item) => (kept.has(item.id) ? [standingOf(kind, item, kept.get(item.id) ?? '')] : [])),
    'begun',
  )
const VERBS = {
  scorm12: { begin: 'LMSInitialize', end: 'LMSFinish', set: 'LMSSetValue', exit: 'cmi.core.exit' },
  scorm2004: { begin: 'Initialize', end: 'Terminate', set: 'SetValue', exit: 'cmi.exit' },
} as const

describe.each(['scorm12', 'scorm2004'] as const)('a package of several lessons, %s,', (kind) => {
  const { begin, end, set, exit } = VERBS[kind]
  const items = [lesson('a'), lesson('b'), lesson('c', { speaks: false })]

  it('is completed by lessons that begin and end and say nothing else, and by pages that were opened', () => {
    const page = opened(kind, items)
    for (const [at, id] of ['a', 'b'].entries()) {
      expect(page.place()).toBe(id)
      expect(attemptOf(kind, items, page.kept)).toMatchObject({ state: 'begun', itemsDone: at })
      page.api()[begin]?.('')
      page.api()[end]?.('')
      page.next()
    }
    expect(attemptOf(kind, items, page.kept)).toMatchObject({ state: 'completed', itemsDone: 3 })
    page.leave()
  })

  it('goes on with the lesson that was suspended, although one before it was skipped', () => {
    const first = opened(kind, items)
    first.next()
    first.api()[begin]?.('')
    first.api()[set]?.('cmi.suspend_data', 'page=4')
    first.api()[set]?.(exit, 'suspend')
    first.api()[end]?.('')
    first.leave()
    expect(attemptOf(kind, items, first.kept)).toMatchObject({ state: 'begun', itemsDone: 0 })
    const glimpse = opened(kind, items, first.kept)
    glimpse.leave()
    const again = opened(kind, items, glimpse.kept)
    expect(again.place()).toBe('b')
    again.api()[begin]?.('')
    const asked = kind === 'scorm12' ? 'LMSGetValue' : 'GetValue'
    expect(again.api()[asked]?.('cmi.suspend_data')).toBe('page=4')
    expect(again.api()[asked]?.(kind === 'scorm12' ? 'cmi.core.entry' : 'cmi.entry')).toBe('resume')
    again.api()[end]?.('')
    again.leave()
    expect(attemptOf(kind, items, again.kept)).toMatchObject({ state: 'begun', itemsDone: 1 })
  })

  it('is not completed by a lesson that says it is not', () => {
    const page = opened(kind, items)
    page.api()[begin]?.('')
    page.api()[set]?.(kind === 'scorm12' ? 'cmi.core.lesson_status' : 'cmi.completion_status', 'incomplete')
    page.api()[end]?.('')
    page.leave()
    expect(attemptOf(kind, items, page.kept)).toMatchObject({ state: 'begun', itemsDone: 0 })
  })
})
