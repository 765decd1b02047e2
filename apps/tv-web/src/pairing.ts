import { ask, isUnpaired, pause } from './calls.ts'
import { fill, h, write } from './dom.ts'
import { drawQr } from './qr.ts'
import { t } from './texts.ts'

type Begun = { readonly code: string; readonly qr: string; readonly token: string }
type Asked = { readonly state: 'waiting' | 'paired' | 'over'; readonly key: string | null }

const ASK_MS = 3000

/** Shows a code until somebody has typed it; gives the key of the set. `wasEnded`: why it is not paired any more. */
export async function pair(root: Element, wasEnded: boolean): Promise<string> {
  const code = h('p', { class: 'code', role: 'status' })
  const note = h('p', { class: 'small', role: 'status' })
  const canvas = h('canvas', { class: 'qr' })
  fill(
    root,
    h(
      'main',
      { class: 'pairing' },
      h('p', { class: 'small' }, t('name')),
      h('h1', {}, t('pair.title')),
      wasEnded ? h('p', { class: 'warning' }, t('pair.ended')) : null,
      h(
        'div',
        { class: 'ways' },
        h('div', { class: 'way' }, h('p', {}, t('pair.scan')), canvas),
        h('div', { class: 'way' }, h('p', {}, t('pair.lead')), code),
      ),
      note,
    ),
  )
  let token: string | null = null
  for (;;) {
    try {
      if (token === null) {
        write(note, t('pair.waiting'))
        const begun: Begun = await ask<Begun>('pairings', {})
        token = begun.token
        write(code, `${begun.code.slice(0, 3)} ${begun.code.slice(3)}`)
        drawQr(canvas, begun.qr)
      }
      write(note, t('pair.until'))
      await pause(ASK_MS)
      const { state, key }: Asked = await ask<Asked>('pairings/ask', { token })
      if (key !== null) return key
      if (state === 'over') token = null
    } catch (error) {
      if (isUnpaired(error)) token = null
      write(note, t('error'))
      await pause(ASK_MS)
    }
  }
}
