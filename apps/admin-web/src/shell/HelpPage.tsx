import { useTranslation } from 'react-i18next'

const KEYS = [
  ['/', 'search'],
  ['Ctrl K', 'palette'],
  ['↑ ↓', 'rows'],
  ['Enter', 'open'],
  ['Space', 'select'],
  ['Esc', 'close'],
] as const
const QUESTIONS = ['post', 'masked', 'maker', 'undo'] as const

/** The keyboard, and the few questions a new party worker asks. */
export function Page() {
  const { t } = useTranslation()
  return (
    <div className="page narrow">
      <title>{`${t('shell.help')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('shell.help')}</h1>
      </header>
      <section className="panel prose">
        <h2>{t('shell.keyboard')}</h2>
        <dl className="keys">
          {KEYS.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`shell.keys.${does}`)}</dd>
            </div>
          ))}
        </dl>
        {QUESTIONS.map((key) => (
          <div key={key}>
            <h3>{t(`shell.questions.${key}.question`)}</h3>
            <p>{t(`shell.questions.${key}.answer`)}</p>
          </div>
        ))}
      </section>
    </div>
  )
}
