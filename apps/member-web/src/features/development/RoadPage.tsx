import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { OwnDevelopment } from '@tongxin/contract/development.own'
import { EmptyState, Lamp, useRefusalWords, WhyArticle } from '@tongxin/ui'
import { Sprout } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_DEVELOPMENT, DEVELOPMENT_EVENTS, roadQuery } from './development.api.ts'
import { Steps } from './Steps.tsx'
import './development.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(roadQuery)

const LAMPS = { green: 'ok', yellow: 'warn', red: 'late' } as const
type What = 'application' | 'report' | 'conversion'

/** The one paper that may be handed in now; the conversion is the most urgent of them. */
function handInOf(road: OwnDevelopment | null, canApply: string | null): What | null {
  if (!road) return canApply === null ? 'application' : null
  if (road.canApplyForConversion === null) return 'conversion'
  if (road.canReport === null) return 'report'
  return canApply === null ? 'application' : null
}

/** My road into the Party: where I am, what comes next, who acts, until when, and why. */
export function Page() {
  const { t } = useTranslation()
  useLive(DEVELOPMENT_EVENTS, ALL_DEVELOPMENT)
  const { data } = useSuspenseQuery(roadQuery)
  const what = handInOf(data.road, data.canApply)
  return (
    <PageFrame
      title={t('development.title')}
      primary={
        what ? (
          <Link
            className="tx-button"
            data-kind="primary"
            data-wide
            to={paths.development.handIn()}
            search={{ what } as never}
          >
            {t(`development.handIn.${what}`)}
          </Link>
        ) : null
      }
    >
      {data.road ? <Road road={data.road} /> : <NoRoad whyNot={data.canApply} />}
    </PageFrame>
  )
}

function NoRoad({ whyNot }: { whyNot: string | null }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  // The refusal speaks to the branch about a third person.
  const isMember = whyNot === 'wrong_category'
  const said = whyNot && !isMember ? words(`development.${whyNot}`) : null
  return (
    <EmptyState title={t('development.none')} icon={<Sprout aria-hidden="true" />}>
      {said ? `${said.reason}${said.remedy}` : t(isMember ? 'development.noneForMember' : 'development.noneHint')}
    </EmptyState>
  )
}

function Road({ road }: { road: OwnDevelopment }) {
  const { t } = useTranslation()
  const done = road.steps.filter(({ state }) => state === 'done').length
  return (
    <>
      <section className="card development-now" aria-labelledby="development-now">
        <p className="hint">
          {road.orgName} · {t('development.doneOf', { done, all: road.steps.length })}
        </p>
        <h2 id="development-now">{t(`words.development.stage.${road.stage}`)}</h2>
        <progress value={done} max={road.steps.length} aria-label={t('development.progress')} />
        {road.state === 'running' ? null : <Lamp state="info">{t(`words.development.state.${road.state}`)}</Lamp>}
        <Next road={road} />
      </section>
      <Facts road={road} />
      <Steps steps={road.steps} />
      <Reports road={road} />
    </>
  )
}

function Next({ road }: { road: OwnDevelopment }) {
  const { t, i18n } = useTranslation()
  const { next } = road
  const pick = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh)
  if (!next) return null
  const name = road.steps.find(({ step }) => step === next.step)?.name
  return (
    <div className="development-next">
      <p>
        <span className="hint">{t('development.next')}</span>
        <strong>{name ? pick(name) : ''}</strong>
      </p>
      <p>{t('development.whoActs', { actor: t(`words.development.actor.${next.actor}`) })}</p>
      {next.waitsAbove ? <p>{t('development.waitsAbove')}</p> : null}
      {next.earliestOn ? <p>{t('development.earliest', { on: next.earliestOn })}</p> : null}
      {next.dueOn ? (
        <Lamp state={LAMPS[next.lamp]}>
          {t('development.due', { on: next.dueOn })} · {t(`words.development.lamp.${next.lamp}`)}
        </Lamp>
      ) : null}
      {next.rules.map((rule) => (
        <WhyArticle key={rule.ruleId} source={rule.ruleId} article={pick(rule.citation)}>
          {pick(rule.text)}
        </WhyArticle>
      ))}
    </div>
  )
}

function Facts({ road }: { road: OwnDevelopment }) {
  const { t } = useTranslation()
  const facts: [string, string | null][] = [
    ['contacts', road.contacts.join(t('development.listComma')) || null],
    ['reportDueOn', road.reportDueOn],
    ['probationEnd', road.probationEnd],
  ]
  const known = facts.filter(([, value]) => value !== null)
  if (known.length === 0) return null
  return (
    <dl className="card development-facts">
      {known.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`development.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Reports({ road }: { road: OwnDevelopment }) {
  const { t } = useTranslation()
  if (road.reports.length === 0) return null
  return (
    <section className="card" aria-labelledby="development-reports">
      <h2 id="development-reports">{t('development.reports')}</h2>
      {road.reports.map(({ id, heldOn, words }) => (
        <details key={id}>
          <summary>{heldOn}</summary>
          <p className="development-words">{words}</p>
        </details>
      ))}
    </section>
  )
}
