import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shared/PageFrame.tsx'

const QUESTIONS = ['signIn', 'offline', 'big', 'looked', 'wrong'] as const

/** The few questions people ask, answered in a sentence or two. */
export function Page() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('shell.tile.help')}>
      <div className="cards">
        {QUESTIONS.map((key) => (
          <details key={key} className="card">
            <summary>{t(`shell.help.${key}.question`)}</summary>
            <p>{t(`shell.help.${key}.answer`)}</p>
          </details>
        ))}
      </div>
    </PageFrame>
  )
}
