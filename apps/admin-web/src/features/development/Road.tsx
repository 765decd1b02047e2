import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { DevelopmentCase, StepDefinitionRow, StepRecord } from '@tongxin/contract/development'
import { DEVELOPMENT_STAGES } from '@tongxin/contract/development.words'
import { Button, dateOf, ErrorState, Lamp, type LampState, Skeleton, WhyArticle } from '@tongxin/ui'
import { Check, CircleDot, Clock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnStep } from './CasePage.tsx'
import { stepsQuery, whyQuery } from './development.api.ts'
import { formerAttempts, liveStep, openSteps } from './development.format.ts'
import { StepFacts } from './StepFacts.tsx'
import { useWhyNot } from './use-why-not.ts'
import { Verdicts } from './Verdicts.tsx'

type Props = { one: DevelopmentCase; on: OnStep }

/** The 25 steps in their five stages: what is done with its day, what is open, and why the rest has to wait. */
export function Road({ one, on }: Props) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(stepsQuery())
  const open = openSteps(one)
  return (
    <div className="development-road">
      {DEVELOPMENT_STAGES.map((stage) => {
        const steps = data.rows.filter((definition) => definition.stage === stage)
        const done = steps.filter(({ number }) => liveStep(one, number)?.state === 'confirmed').length
        return (
          <section key={stage} aria-labelledby={`stage-${stage}`}>
            <h3 id={`stage-${stage}`}>
              {t(`words.development.stage.${stage}`)}
              <span className="hint">{t('development.doneOf', { done, all: steps.length })}</span>
            </h3>
            <ol>
              {steps.map((definition) => (
                <Step
                  key={definition.number}
                  definition={definition}
                  one={one}
                  on={on}
                  isOpen={open.includes(definition.number)}
                />
              ))}
            </ol>
          </section>
        )
      })}
    </div>
  )
}

const STATES: Readonly<Record<string, LampState>> = { recorded: 'warn', confirmed: 'ok', open: 'info', later: 'idle' }

function Step(props: Props & { definition: StepDefinitionRow; isOpen: boolean }) {
  const { t, i18n } = useTranslation()
  const whyNot = useWhyNot()
  const { definition, one, on, isOpen } = props
  const row = liveStep(one, definition.number)
  const state = row ? row.state : isOpen ? 'open' : 'later'
  const Icon = row ? (row.state === 'confirmed' ? Check : Clock) : isOpen ? CircleDot : null
  const name = i18n.language === 'en' ? definition.name.en : definition.name.zh
  return (
    <li data-state={state}>
      <span className="development-dot" aria-hidden="true">
        {Icon ? <Icon size={14} /> : null}
      </span>
      <div>
        <p className="development-step">
          <strong>
            {definition.number}. {name}
          </strong>
          {state === 'later' ? null : (
            <Lamp state={STATES[state] ?? 'idle'}>{t(`development.stepState.${state}`)}</Lamp>
          )}
          <span className="hint">{row ? dayOf(row) : t(`words.development.actor.${definition.actor}`)}</span>
        </p>
        {!row && !isOpen && one.next ? <WhyLater one={one} step={definition.number} /> : null}
        {row ? <Details row={row} one={one} /> : null}
        <Former rows={formerAttempts(one, definition.number)} />
      </div>
      {row?.state === 'recorded' ? (
        <Button whyNot={whyNot(one.can.decide)} onClick={() => on.decide(row.id)}>
          {t('development.decide')}
        </Button>
      ) : isOpen ? (
        <Button
          whyNot={whyNot(definition.number === 10 ? one.can.vet : one.can.record)}
          onClick={() => on.record(definition.number)}
        >
          {t(definition.number === 10 ? 'development.toVetting' : 'development.record')}
        </Button>
      ) : null}
    </li>
  )
}

const dayOf = (row: StepRecord) =>
  row.decidedOn && row.decidedOn !== row.heldOn ? `${row.heldOn} → ${row.decidedOn}` : row.heldOn

/** What was entered, by whom, with the verdicts that were kept; folded until asked for. */
function Details({ row, one }: { row: StepRecord; one: DevelopmentCase }) {
  const { t } = useTranslation()
  const papers = one.proofs.filter(({ step }) => step === row.step)
  const warned = row.verdicts.filter(({ severity }) => severity === 'warn')
  return (
    <>
      <Verdicts verdicts={warned} />
      <details className="development-details">
        <summary>{t('development.details')}</summary>
        {row.lateReason ? <p>{t('development.enteredLate', { reason: row.lateReason })}</p> : null}
        <StepFacts row={row} people={one.people} />
        <p className="hint">
          {t('development.recordedBy', { by: row.recordedBy ?? '', at: dateOf(row.recordedAt) })}
          {row.decidedOn && row.decidedBy
            ? ` · ${t('development.decidedBy', { by: row.decidedBy, on: row.decidedOn })}`
            : ''}
        </p>
        {papers.map((paper) => (
          <p key={paper.id}>
            <a href={`/api/v1/files/${paper.fileId}/content`} target="_blank" rel="noreferrer">
              {t(`words.development.proof.${paper.kind}`)} · {paper.name}
            </a>
          </p>
        ))}
        {row.verdicts.map(({ ruleId, citation, text }) => (
          <RuleOf key={ruleId} ruleId={ruleId} citation={citation} text={text} />
        ))}
      </details>
    </>
  )
}

type Text = { zh: string; en: string }
function RuleOf({ ruleId, citation, text }: { ruleId: string; citation: Text; text: Text }) {
  const { i18n } = useTranslation()
  const pick = (one: Text) => (i18n.language === 'en' ? one.en : one.zh)
  return (
    <WhyArticle source={ruleId} article={pick(citation)}>
      {pick(text)}
    </WhyArticle>
  )
}

/** Why a later step may not be taken today: asked of the rules when somebody wants to know. */
function WhyLater({ one, step }: { one: DevelopmentCase; step: number }) {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const { data, error, refetch } = useQuery({ ...whyQuery(one.card.id, step, dateOf(Date.now())), enabled: isAsked })
  if (!isAsked)
    return (
      <button type="button" className="development-why" onClick={() => setAsked(true)}>
        {t('development.whyNotYet')}
        <span className="tx-hidden">{t('development.ofStep', { step })}</span>
      </button>
    )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={2} />
  return (
    <Verdicts verdicts={data.verdicts.filter(({ severity }) => severity === 'block')} none={t('development.noBlock')} />
  )
}

function Former({ rows }: { rows: readonly StepRecord[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <details className="development-details">
      <summary>{t('development.former', { count: rows.length })}</summary>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            {row.heldOn} · {t(`words.development.stepState.${row.state}`)}
            {row.returnedReason ? `${t('ui.colon')}${row.returnedReason}` : ''}
          </li>
        ))}
      </ul>
    </details>
  )
}
