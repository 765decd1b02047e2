import '@tongxin/ui/tokens.css'
import './style.css'
import { makeKeys } from './make-keys.ts'
import { openVote } from './open-vote.ts'
import { button, h } from './page.ts'
import { signPlan } from './sign-plan.ts'
import { languageNow, speak, t } from './texts.ts'

const STEPS = { make: makeKeys, sign: signPlan, open: openVote } as const
type Step = keyof typeof STEPS
let step: Step = 'make'

document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
speak(languageNow())

/** The whole page anew: a step that is left forgets what it held, which is what one wants of secrets. */
function show(): void {
  document.title = t('title')
  const tabs = (Object.keys(STEPS) as Step[]).map((name) => {
    const tab = button(t(`tab.${name}`), () => {
      step = name
      show()
    })
    if (name === step) tab.setAttribute('aria-current', 'step')
    return tab
  })
  const other = languageNow() === 'en' ? 'zh-CN' : 'en'
  const language = button(t('language'), () => {
    speak(other)
    show()
  })
  language.lang = other
  document
    .getElementById('root')
    ?.replaceChildren(
      h(
        'main',
        {},
        h('header', {}, h('div', {}, h('h1', {}, t('title')), h('p', {}, t('lead'))), language),
        h('p', { class: 'note', 'data-state': navigator.onLine ? 'warn' : 'ok', role: 'status' }, networkText()),
        h('p', { class: 'hint check' }, t('check')),
        h('nav', { 'aria-label': t('tabs') }, ...tabs),
        STEPS[step](),
      ),
    )
}

const networkText = () => t(navigator.onLine ? 'online' : 'offline')
const tellNetwork = () => {
  const note = document.querySelector('.note')
  if (!(note instanceof HTMLElement)) return
  note.dataset.state = navigator.onLine ? 'warn' : 'ok'
  note.textContent = networkText()
}
addEventListener('online', tellNetwork)
addEventListener('offline', tellNetwork)
show()
