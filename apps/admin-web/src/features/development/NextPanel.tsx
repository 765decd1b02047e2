import { useSuspenseQuery } from '@tanstack/react-query'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { Button, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import type { OnStep } from './CasePage.tsx'
import { stepsQuery } from './development.api.ts'
import { LAMP_STATES } from './development.format.ts'
import { useWhyNot } from './use-why-not.ts'
import { Verdicts } from './Verdicts.tsx'

// Steps that rest on the reviews held before them.
const REVIEWED: ReadonlySet<number> = new Set([6, 7, 21])

/** What comes next, who acts, from when and until when, and the rules that stand against it today. */
export function NextPanel({ one, on }: { one: DevelopmentCase; on: OnStep }) {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(stepsQuery())
  const whyNot = useWhyNot()
  const { next, can, card } = one
  if (!next)
    return (
      <section className="development-next" aria-label={t('development.next')}>
        <Lamp state={card.state === 'finished' ? 'ok' : 'idle'}>
          {t(`development.over.${card.state === 'finished' ? 'finished' : 'stopped'}`)}
        </Lamp>
        {card.stateReason ? <p>{card.stateReason}</p> : null}
      </section>
    )
  const definition = data.rows.find(({ number }) => number === next.step)
  const name = (i18n.language === 'en' ? definition?.name.en : definition?.name.zh) ?? ''
  const waiting = one.steps.find(({ step, state }) => step === next.step && state === 'recorded')
  return (
    <section className="development-next" aria-labelledby="development-next">
      <div>
        <h2 id="development-next">
          <small>{t('development.next')}</small>
          {t('development.stepTitle', { step: next.step, name })}
        </h2>
        <p>
          {t('development.whoActs', { actor: t(`words.development.actor.${next.actor}`) })}
          {next.waitsAbove ? ` · ${t('development.waitsAbove')}` : ''}
          {next.earliestOn ? ` · ${t('development.earliest', { on: next.earliestOn })}` : ''}
          {next.dueOn ? ` · ${t('development.due', { on: next.dueOn })}` : ''}
        </p>
        {card.stateReason && (card.state === 'paused' || card.state === 'returned') ? (
          <Lamp state="warn">
            {t(`words.development.state.${card.state}`)}
            {t('ui.colon')}
            {card.stateReason}
          </Lamp>
        ) : null}
        <Verdicts verdicts={next.verdicts} />
        {REVIEWED.has(next.step) ? <Button onClick={on.review}>{t('development.toReviews')}</Button> : null}
        <Clocks one={one} />
      </div>
      {waiting ? (
        <Button kind="primary" whyNot={whyNot(can.decide)} onClick={() => on.decide(waiting.id)}>
          {t('development.decide')}
        </Button>
      ) : (
        <Button
          kind="primary"
          whyNot={whyNot(next.step === 10 ? can.vet : can.record)}
          onClick={() => on.record(next.step)}
        >
          {t(next.step === 10 ? 'development.toVetting' : 'development.record')}
        </Button>
      )}
    </section>
  )
}

function Clocks({ one }: { one: DevelopmentCase }) {
  const { t } = useTranslation()
  if (one.clocks.length === 0) return null
  return (
    <ul className="development-clocks" aria-label={t('development.clocks')}>
      {one.clocks.map(({ kind, dueOn, lamp }) => (
        <li key={kind}>
          <Lamp state={LAMP_STATES[lamp]}>{t(`words.development.lamp.${lamp}`)}</Lamp> {t(`development.clock.${kind}`)}{' '}
          <span className="hint">{dueOn}</span>
        </li>
      ))}
    </ul>
  )
}
