import { textOf } from '@tongxin/ballot/bytes'
import { type Ceremony, holdCeremony, lockSecret } from '@tongxin/ballot/trustees'
import { button, fault, field, grouped, h, random, save, whilePainted } from './page.ts'
import { printShare } from './print-share.ts'
import { languageNow, t } from './texts.ts'

const LEAST_LETTERS = 12
const MOST_PEOPLE = 9
const DUTIES = {
  'zh-CN': ['监票人', '计票人', '上级组织代表'],
  en: ['Teller', 'Counter', 'From the level above'],
} as const

/** Who keeps a share: at first three, as 监票人, 计票人 and somebody from the level above. */
export function makeKeys(): HTMLElement {
  const place = h('section', {})
  const title = h('input', { maxlength: 200 })
  const people: { name: HTMLInputElement; role: HTMLInputElement }[] = []
  const rows = h('div', { class: 'people' })
  const threshold = h('select', {})
  const told = h('div', {})
  const offer = () =>
    threshold.replaceChildren(
      ...people.slice(1).map((_, at) => {
        const option = h('option', { value: at + 2 }, t('make.of', { n: people.length, t: at + 2 }))
        option.selected = at === 0
        return option
      }),
    )
  const add = () => {
    const n = people.length + 1
    const row = { name: h('input', { maxlength: 60 }), role: h('input', { maxlength: 60 }) }
    row.role.value = DUTIES[languageNow()][n - 1] ?? DUTIES[languageNow()][0]
    people.push(row)
    rows.append(
      h('div', { class: 'two' }, field(t('make.person', { n }), row.name), field(t('make.duty', { n }), row.role)),
    )
    offer()
  }
  for (let n = 0; n < 3; n += 1) add()
  const remove = () => {
    if (people.length <= 2) return
    people.pop()
    rows.lastElementChild?.remove()
    offer()
  }
  const go = async () => {
    const named = people.map(({ name, role }) => ({ name: name.value.trim(), role: role.value.trim() }))
    const areNamed = named.every(({ name, role }) => name !== '' && role !== '')
    if (title.value.trim() === '') return told.replaceChildren(fault('name'))
    if (!areNamed || new Set(named.map(({ name }) => name)).size < named.length)
      return told.replaceChildren(fault('people'))
    const ceremony = await holdCeremony(named, Number(threshold.value), random)
    handOut(place, title.value.trim(), ceremony)
  }
  place.append(
    h('p', {}, t('make.lead')),
    field(t('make.name'), title, t('make.nameHelp')),
    rows,
    h(
      'div',
      { class: 'acts' },
      button(t('make.add'), () => (people.length < MOST_PEOPLE ? add() : undefined)),
      button(t('make.remove'), remove),
    ),
    field(t('make.threshold'), threshold),
    told,
    h('div', { class: 'acts' }, button(t('make.go'), go, 'primary')),
  )
  return place
}

/** Each trustee in turn, alone at the screen: a passphrase, the file, a paper copy. */
function handOut(place: HTMLElement, title: string, ceremony: Ceremony, at = 0): void {
  const secret = ceremony.secrets[at]
  if (!secret) return finish(place, title, ceremony)
  const passphrase = h('input', { type: 'password', autocomplete: 'new-password' })
  const again = h('input', { type: 'password', autocomplete: 'new-password' })
  const told = h('div', { role: 'status' })
  const acts = h('div', { class: 'acts' })
  const keep = async () => {
    if ([...passphrase.value].length < LEAST_LETTERS) return told.replaceChildren(fault('short'))
    if (passphrase.value !== again.value) return told.replaceChildren(fault('different'))
    told.replaceChildren(t('make.saving'))
    await whilePainted()
    const file = textOf(lockSecret(secret, passphrase.value, random))
    const name = `${title}-${secret.name}.share.json`
    save(name, file)
    passphrase.value = ''
    again.value = ''
    told.replaceChildren(h('p', { class: 'note', 'data-state': 'ok' }, t('make.saved', { name: secret.name })))
    acts.replaceChildren(
      button(t('make.saveAgain'), () => save(name, file)),
      button(t('make.print'), () => printShare(title, secret.name, file)),
      button(
        t(at + 1 < ceremony.secrets.length ? 'make.next' : 'make.finish'),
        () => handOut(place, title, ceremony, at + 1),
        'primary',
      ),
    )
  }
  acts.append(button(t('make.keep'), keep, 'primary'))
  place.replaceChildren(
    h('h2', { tabindex: -1 }, t('make.turn', { name: `${secret.role}${secret.name}` })),
    h('p', {}, t('make.turnHelp')),
    field(t('make.passphrase'), passphrase),
    field(t('make.again'), again),
    told,
    acts,
  )
  passphrase.focus()
}

/** The public half for the organiser. The secrets leave with the last reference to them: nothing else holds them. */
function finish(place: HTMLElement, title: string, { electionKey, trustees, threshold }: Ceremony): void {
  const keys = {
    format: 'tongxin-ceremony-1',
    encryptionKey: electionKey,
    threshold,
    trustees: trustees.map(({ name, role, key }) => ({ name, duty: role, publicKey: key })),
  }
  const keep = () => save(`${title}.public.json`, `${JSON.stringify(keys, null, 2)}\n`)
  place.replaceChildren(
    h('h2', { tabindex: -1 }, t('make.done')),
    h('p', {}, t('make.doneHelp')),
    h('dl', {}, h('dt', {}, t('make.fingerprint')), h('dd', { class: 'code' }, grouped(electionKey))),
    h('div', { class: 'acts' }, button(t('make.public'), keep, 'primary')),
  )
  place.querySelector('h2')?.focus()
}
