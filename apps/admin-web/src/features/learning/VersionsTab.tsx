import type { CourseRecord, VersionFacts } from '@tongxin/contract/learning'
import { Timeline } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** The history of a course: who wrote, handed in, reviewed and released each version, and who still learns it. */
export function VersionsTab({ course }: { course: CourseRecord }) {
  const { t } = useTranslation()
  return (
    <div className="learning-versions">
      {course.withdrawnReason ? (
        <p className="learning-note" role="note">
          {t('learning.withdrawnBecause', { reason: course.withdrawnReason })}
        </p>
      ) : null}
      {course.versions.map((version) => (
        <section key={version.number} aria-labelledby={`version-${version.number}`}>
          <h2 id={`version-${version.number}`}>
            {t('learning.versionNo', { number: version.number })}
            <small className="hint">
              {t(`words.learning.versionState.${version.state}`)} ·{' '}
              {t('learning.learnersIn', { count: version.learners })}
            </small>
          </h2>
          {version.returnedReason ? (
            <p className="learning-note" role="note">
              {t('learning.returnedBecause', { reason: version.returnedReason })}
            </p>
          ) : null}
          <p className="hint">{t('learning.writtenBy', { names: version.writers.join('、') })}</p>
          <Hands version={version} />
        </section>
      ))}
    </div>
  )
}

function Hands({ version }: { version: VersionFacts }) {
  const { t } = useTranslation()
  const entries = (['submitted', 'reviewed', 'released'] as const).flatMap((step) => {
    const hand = version[step]
    return hand ? [{ id: step, at: hand.at, who: hand.by, what: t(`learning.hand.${step}`) }] : []
  })
  return <Timeline entries={entries.reverse()} />
}
