import { BallotError, utf8 } from '@tongxin/ballot/bytes'
import { type BallotConfig, electionIdOf, readConfig } from '@tongxin/ballot/config'
import { electionWords } from '@tongxin/ballot/receipt'
import { type TrusteeSecret, unlockSecret } from '@tongxin/ballot/trustees'
import { type OwnSignature, ownSignature } from './own-signature.ts'
import { button, fault, field, filePicker, grouped, h, save, whilePainted } from './page.ts'
import { t } from './texts.ts'

/** A trustee reads the plan of the vote and signs it; from then on nothing of it can be changed. */
export function signPlan(): HTMLElement {
  const plan = h('div', { role: 'status' })
  const told = h('div', { role: 'status' })
  const passphrase = h('input', { type: 'password', autocomplete: 'off' })
  let config: BallotConfig | null = null
  let share = ''
  const takePlan = (text: string, name: string) => {
    try {
      config = readConfig(utf8(text))
      plan.replaceChildren(planFacts(config))
    } catch {
      plan.replaceChildren(fault('file', { name }))
    }
  }
  const sign = async () => {
    if (config === null || share === '' || passphrase.value === '') return told.replaceChildren(fault('missing'))
    told.replaceChildren(t('make.saving'))
    await whilePainted()
    const secret = unlocked(share, passphrase.value)
    if (typeof secret === 'string') return told.replaceChildren(fault(secret, { name: '' }))
    passphrase.value = ''
    const own = ownSignature(config, secret)
    told.replaceChildren(own ? signed(config, secret.name, own) : fault('otherKey'))
  }
  return h(
    'section',
    {},
    h('p', {}, t('sign.lead')),
    field(t('sign.config'), filePicker(takePlan)),
    plan,
    field(
      t('sign.share'),
      filePicker((text) => {
        share = text
      }),
    ),
    field(t('make.passphrase'), passphrase),
    told,
    h('div', { class: 'acts' }, button(t('sign.go'), sign, 'primary')),
  )
}

/** The share in a file, or the name of what is wrong. */
export function unlocked(file: string, passphrase: string): TrusteeSecret | 'file' | 'passphrase' {
  try {
    return unlockSecret(utf8(file), passphrase)
  } catch (error) {
    return error instanceof BallotError && error.code === 'passphrase' ? 'passphrase' : 'file'
  }
}

function signed(config: BallotConfig, person: string, own: OwnSignature): HTMLElement {
  const file = { format: 'tongxin-signature-1', name: person, ...own }
  const name = `${config.title}-${person}.signature.json`
  return h(
    'div',
    { class: 'note', 'data-state': 'ok' },
    h('h2', {}, t('sign.done', { name: person })),
    h('p', {}, t('sign.doneHelp')),
    h(
      'div',
      { class: 'acts' },
      button(t('sign.save'), () => save(name, `${JSON.stringify(file, null, 2)}\n`), 'primary'),
    ),
  )
}

/** The plan in words, for people to compare with what was decided. */
function planFacts(config: BallotConfig): HTMLElement {
  const facts: [string, string][] = [
    [t('make.name'), config.title],
    [t('sign.org'), config.organisation],
    [t('sign.should'), String(config.should_attend)],
    [t('sign.roll'), String(config.roll.size)],
    [t('sign.trustees'), config.trustees.map(({ name, role }) => `${role} ${name}`).join('；')],
    [t('make.threshold'), t('make.of', { n: config.trustees.length, t: config.threshold })],
    [t('make.fingerprint'), grouped(config.election_key)],
    [t('sign.id'), grouped(electionIdOf(config))],
    [t('sign.words'), electionWords(electionIdOf(config)).join(' ')],
  ]
  return h(
    'div',
    { class: 'plan' },
    h('h2', {}, t('sign.checked')),
    h('dl', {}, ...facts.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)])),
    h(
      'ol',
      {},
      ...config.questions.map((question) =>
        h(
          'li',
          {},
          h('strong', {}, question.title),
          ` ${t(`kind.${question.kind}`)}${question.kind === 'ranked' || question.kind === 'single' ? '' : t('seats', { n: question.seats })}`,
          h('ul', {}, ...question.options.map(({ label }) => h('li', {}, label))),
        ),
      ),
    ),
  )
}
