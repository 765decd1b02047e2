import type { OwnDevelopment } from '@tongxin/contract/development.own'
import { DEVELOPMENT_STAGES } from '@tongxin/contract/development.words'
import { Check, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'

type Step = OwnDevelopment['steps'][number]

/** The 25 steps, a stage each to open; the one of now is open at first. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation()
  const now = steps.find(({ state }) => state === 'next' || state === 'waiting')?.stage
  return (
    <section className="card" aria-labelledby="development-steps">
      <h2 id="development-steps">{t('development.steps')}</h2>
      {DEVELOPMENT_STAGES.map((stage) => {
        const own = steps.filter((step) => step.stage === stage)
        const done = own.filter(({ state }) => state === 'done').length
        return (
          <details key={stage} className="development-stage" open={stage === now}>
            <summary>
              <span>{t(`words.development.stage.${stage}`)}</span>
              <span className="hint">{t('development.doneOf', { done, all: own.length })}</span>
            </summary>
            <ol>
              {own.map((step) => (
                <One key={step.step} step={step} />
              ))}
            </ol>
          </details>
        )
      })}
    </section>
  )
}

function One({ step }: { step: Step }) {
  const { t, i18n } = useTranslation()
  const name = i18n.language === 'en' ? step.name.en : step.name.zh
  return (
    <li data-state={step.state}>
      <span className="development-dot" aria-hidden="true">
        {step.state === 'done' ? <Check size={16} /> : step.state === 'waiting' ? <Clock size={16} /> : null}
      </span>
      <span>
        {step.step}. {name}
        <span className="hint">{step.on ?? t(`development.state.${step.state}`)}</span>
      </span>
    </li>
  )
}
