import { BallotError, base64url, bytesOf } from '@tongxin/ballot/bytes'
import { joinShares, type TrusteeSecret } from '@tongxin/ballot/trustees'
import { button, fault, field, filePicker, h, save, whilePainted } from './page.ts'
import { unlocked } from './sign-plan.ts'
import { t } from './texts.ts'

/** The trustees bring their shares after the closing; enough of them give the key that opens the ballots. */
export function openVote(): HTMLElement {
  const place = h('section', {})
  const opened: TrusteeSecret[] = []
  const list = h('ul', { 'aria-live': 'polite' })
  const told = h('div', { role: 'status' })
  const passphrase = h('input', { type: 'password', autocomplete: 'off' })
  let share = ''
  const go = button(t('open.go'), () => join(place, opened, told), 'primary')
  go.hidden = true
  const give = async () => {
    if (share === '' || passphrase.value === '') return told.replaceChildren(fault('missing'))
    told.replaceChildren(t('make.saving'))
    await whilePainted()
    const secret = unlocked(share, passphrase.value)
    if (typeof secret === 'string') return told.replaceChildren(fault(secret, { name: '' }))
    const [first] = opened
    if (first && first.electionKey !== secret.electionKey) return told.replaceChildren(fault('mixed'))
    if (opened.some((one) => one.share === secret.share)) return told.replaceChildren(fault('twice'))
    opened.push(secret)
    passphrase.value = ''
    share = ''
    for (const input of place.querySelectorAll('input')) input.value = ''
    list.append(h('li', {}, t('open.opened', { name: `${secret.role}${secret.name}` })))
    go.hidden = opened.length < secret.threshold
    told.replaceChildren(
      h(
        'p',
        { class: 'note', 'data-state': go.hidden ? 'warn' : 'ok' },
        t('open.have', { have: opened.length, need: secret.threshold }),
      ),
    )
  }
  place.append(
    h('p', {}, t('open.lead')),
    field(
      t('open.share'),
      filePicker((text) => {
        share = text
      }),
    ),
    field(t('make.passphrase'), passphrase),
    h('div', { class: 'acts' }, button(t('open.give'), give), go),
    told,
    list,
  )
  return place
}

async function join(place: HTMLElement, opened: readonly TrusteeSecret[], told: HTMLElement): Promise<void> {
  const [first] = opened
  if (!first) return
  try {
    const key = await joinShares(
      opened.map(({ share }) => bytesOf(share)),
      first.electionKey,
    )
    const file = { format: 'tongxin-election-key-1', encryptionKey: first.electionKey, privateKey: base64url(key) }
    const keep = () => save('election-key.json', `${JSON.stringify(file, null, 2)}\n`)
    place.replaceChildren(
      h('h2', { tabindex: -1 }, t('open.done')),
      h('p', {}, t('open.doneHelp')),
      h('div', { class: 'acts' }, button(t('open.save'), keep, 'primary')),
    )
    place.querySelector('h2')?.focus()
  } catch (error) {
    if (!(error instanceof BallotError)) throw error
    told.replaceChildren(fault('join'))
  }
}
