import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { OwnCredits } from '@tongxin/contract/credits.own'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Lamp, type LampState, Select } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { accountQuery, honoursQuery } from './credits.api.ts'
import { LinesCard } from './LinesCard.tsx'
import { MonthsCard } from './MonthsCard.tsx'
import { TranscriptCard } from './TranscriptCard.tsx'
import './credits.css'

const yearIn = (search: Readonly<Record<string, string>>) => (search.year ? Number(search.year) : null)

export const loader = ({ search, queryClient }: LoaderInput) =>
  Promise.all([queryClient.ensureQueryData(accountQuery(yearIn(search))), queryClient.ensureQueryData(honoursQuery)])

/** My hours of a year: how far I am, what is missing, what counts and why, and the sheet that proves it. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(accountQuery(yearIn(search)))
  const { year } = data.account
  return (
    <PageFrame title={t('credits.title')}>
      {data.years.length > 1 ? (
        <Select
          label={t('credits.year')}
          value={String(year)}
          options={data.years.map((one) => ({ value: String(one), label: t('credits.yearOf', { year: one }) }))}
          onChange={(value) => setSearch({ year: value })}
        />
      ) : null}
      <StandingCard data={data} />
      <HonoursCard />
      <MonthsCard year={year} months={data.months} />
      <LinesCard year={year} />
      <WhatCounts data={data} />
      <TranscriptCard year={year} />
      <nav className="card credits-links" aria-label={t('credits.more')}>
        <Link to={paths.credits.certificates()}>
          {t('credits.certificates')}
          <ChevronRight aria-hidden="true" />
        </Link>
        {data.account.target === null ? null : (
          <Link to={paths.credits.exemption()}>
            {t('credits.exemption')}
            <ChevronRight aria-hidden="true" />
          </Link>
        )}
      </nav>
    </PageFrame>
  )
}

const LAMPS: Readonly<Record<string, LampState>> = { reached: 'ok', short: 'warn', exempt: 'info', free: 'idle' }

function StandingCard({ data }: { data: OwnCredits }) {
  const { t } = useTranslation()
  const { account, expected, quarterEndsOn } = data
  const { target, earned, standing } = account
  return (
    <section className="card credits-standing">
      <header>
        <h2>{t('credits.yearOf', { year: account.year })}</h2>
        <Lamp state={LAMPS[standing] ?? 'idle'}>{t(`words.credits.standing.${standing}`)}</Lamp>
      </header>
      <p className="credits-figure">
        <strong>{hoursText(earned)}</strong>
        <span>{target === null ? t('credits.hours') : t('credits.ofHours', { target: hoursText(target) })}</span>
      </p>
      {target === null ? null : (
        <progress value={Math.min(earned, target)} max={target} aria-label={t('credits.progress')} />
      )}
      <dl>
        <div>
          <dt>{t('words.credits.part.required')}</dt>
          <dd>{hoursText(account.required)}</dd>
        </div>
        <div>
          <dt>{t('words.credits.part.elective')}</dt>
          <dd>{hoursText(account.elective)}</dd>
        </div>
        {standing === 'short' ? (
          <div>
            <dt>{t('credits.missing')}</dt>
            <dd>{hoursText(account.missing)}</dd>
          </div>
        ) : null}
      </dl>
      {account.missingElective > 0 ? (
        <p>{t('credits.missingElective', { hours: hoursText(account.missingElective) })}</p>
      ) : null}
      {account.requiredLeft > 0 ? <p>{t('credits.requiredLeft', { count: account.requiredLeft })}</p> : null}
      {standing === 'short' && expected !== null && expected > earned ? (
        <p>{t('credits.expected', { on: quarterEndsOn, hours: hoursText(expected - earned) })}</p>
      ) : null}
      {target === null ? <p className="hint">{t('credits.noTarget')}</p> : null}
    </section>
  )
}

function HonoursCard() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(honoursQuery)
  if (data.rows.length === 0) return null
  return (
    <section className="card credits-card">
      <h2>{t('credits.honours')}</h2>
      {data.rows.map((one) => (
        <Lamp key={one.id} state="honour">
          {t('credits.honourLine', { year: one.year, title: one.title, number: one.certificateNo ?? '' })}
        </Lamp>
      ))}
    </section>
  )
}

/** What each rule gives, and the articles behind target and hours. */
function WhatCounts({ data }: { data: OwnCredits }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <section className="card credits-card">
      <h2>{t('credits.whatCounts')}</h2>
      <ul className="credits-rates">
        {data.rates.map((rate) => (
          <li key={rate.rule}>
            <span>{t(`words.credits.rule.${rate.rule}`)}</span>
            <strong>
              {rate.rule.startsWith('study.')
                ? t('credits.perHour', { hours: hoursText(rate.hundredths) })
                : hoursText(rate.hundredths)}
            </strong>
          </li>
        ))}
      </ul>
      <p className="hint">{t('credits.noRanking')}</p>
      <details className="tx-why">
        <summary>{t('ui.why')}</summary>
        {data.articles.map((one) => (
          <blockquote key={one.ruleId}>
            <cite>
              {one.ruleId} {one.citation[language]}
            </cite>
            <p>{one.text[language]}</p>
          </blockquote>
        ))}
      </details>
    </section>
  )
}
