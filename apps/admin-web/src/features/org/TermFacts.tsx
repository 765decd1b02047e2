import type { Leadership, TermRow } from '@tongxin/contract/org.terms'
import { daysBetween } from '@tongxin/domain/general/dates'
import { dateOf, Lamp } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'

/** Months before the end from which the level above reminds (支部工作条例 art. 21), in days. */
const NEAR_DAYS = 184

/** The term that runs, or ran on the day: its days, how near its end is, its seats, and an approved change of its end. */
export function TermFacts({ leadership }: { leadership: Leadership }) {
  const { t } = useTranslation()
  const { term, filled, asOf } = leadership
  const people = term?.seats ? t('org.filledOf', { filled, seats: term.seats }) : t('org.filledOnly', { count: filled })
  if (!term)
    return (
      <Facts
        facts={[
          { label: t('org.fact.termUntil'), value: t('org.termNone') },
          { label: t('org.committeeSize'), value: people },
        ]}
      />
    )
  return (
    <>
      <Facts
        facts={[
          { label: t('org.fact.termOrdinal'), value: term.ordinal ? t('org.ordinal', { n: term.ordinal }) : '—' },
          { label: t('org.fact.termFrom'), value: term.fromOn },
          { label: t('org.fact.termUntil'), value: <End term={term} isNow={asOf === null} /> },
          { label: t('org.committeeSize'), value: people },
          { label: t('org.documentNumber'), value: term.documentNumber ?? '—' },
        ]}
      />
      <Shift term={term} />
    </>
  )
}

function End({ term, isNow }: { term: TermRow; isNow: boolean }): ReactNode {
  const { t } = useTranslation()
  if (!isNow) return term.untilOn
  const left = daysBetween(dateOf(Date.now()), term.untilOn)
  const state = left < 0 ? 'late' : left <= NEAR_DAYS ? 'warn' : 'ok'
  return (
    <span className="org-end">
      {term.untilOn}
      <Lamp state={state}>{t(left < 0 ? 'org.termLate' : 'org.termLeft', { count: Math.abs(left) })}</Lamp>
    </span>
  )
}

function Shift({ term }: { term: TermRow }) {
  const { t } = useTranslation()
  if (!term.shift) return null
  const { documentNumber: document, reason } = term.shift
  return <p className="hint">{t('org.shiftedFrom', { planned: term.plannedUntilOn, document, reason })}</p>
}

/** All terms, the newest first. */
export function TermHistory({ leadership }: { leadership: Leadership }) {
  const { t } = useTranslation()
  const { terms } = leadership
  if (terms.length === 0) return null
  return (
    <section>
      <h2>{t('org.history')}</h2>
      <div className="org-scroll">
        <table className="org-table">
          <thead>
            <tr>
              <th>{t('org.historyOrdinal')}</th>
              <th>{t('org.historyPeriod')}</th>
              <th>{t('org.historyEnded')}</th>
              <th className="number">{t('org.historySeats')}</th>
              <th>{t('org.documentNumber')}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={term.id} data-past={term.endedOn !== null || undefined}>
                <td>{term.ordinal ? t('org.ordinal', { n: term.ordinal }) : '—'}</td>
                <td>
                  {term.fromOn} – {term.untilOn}
                  <Shift term={term} />
                </td>
                <td>{term.endedOn ?? t('org.running')}</td>
                <td className="number">{term.seats ?? '—'}</td>
                <td>{term.documentNumber ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
