import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import type { MemberPortrait } from '@tongxin/contract/members.portrait'
import { hoursText } from '@tongxin/domain/learning/hours'
import { EmptyState } from '@tongxin/ui'
import { IdCard } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { portraitQuery } from './record.api.ts'
import { useFieldWords } from './use-field-words.ts'
import './record.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(portraitQuery)

/** Myself on one page: what the record and the books of other modules say of me, facts only. */
export function Page() {
  const { t } = useTranslation()
  const { data: portrait } = useSuspenseQuery(portraitQuery)
  if (portrait === null) {
    return (
      <PageFrame title={t('record.portrait')}>
        <EmptyState title={t('record.none')} icon={<IdCard aria-hidden="true" />}>
          {t('record.noneHint')}
        </EmptyState>
      </PageFrame>
    )
  }
  const on = t('words.members.portrait.asOf', { on: portrait.asOf })
  return (
    <PageFrame title={t('record.portrait')} lead={<p className="hint">{on}</p>}>
      <Who portrait={portrait} />
      <Road portrait={portrait} />
      <Life portrait={portrait} />
      <Learning portrait={portrait} />
      <Lists portrait={portrait} />
      <p className="hint">{t('words.members.portrait.facts')}</p>
    </PageFrame>
  )
}

function Who({ portrait: { card, photo, nativePlace, workplace, jobTitle } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const { labelOf, valueOf } = useFieldWords()
  const coded = (['sex', 'ethnic', 'education', 'category', 'status'] as const).map((field): Fact => {
    const value = card[field]
    return [labelOf(field), value ? valueOf(field, value) : null]
  })
  return (
    <section className="card">
      <div className="record-photo">
        {photo ? (
          <img src={`/api/v1/me/photos/${photo.id}/small`} alt={t('record.photo')} />
        ) : (
          <span className="record-initial" aria-hidden="true">
            {card.name.slice(0, 1)}
          </span>
        )}
        <div>
          <strong>{card.name}</strong>
          <span className="hint">{card.orgName}</span>
          <span className="hint">
            {t('words.members.portrait.complete')} {card.completeness} %
          </span>
        </div>
      </div>
      <Facts
        facts={[
          [t('words.members.columns.memberNo'), card.memberNo],
          ...coded,
          [labelOf('bornOn'), card.bornOn],
          [labelOf('nativePlace'), nativePlace],
          [labelOf('workplace'), workplace],
          [labelOf('jobTitle'), jobTitle],
          [labelOf('idNumber'), card.idNumber],
          [labelOf('phone'), card.phone],
        ]}
      />
    </section>
  )
}

type Fact = readonly [name: string, value: string | null]
function Facts({ facts }: { facts: readonly Fact[] }) {
  const { t } = useTranslation()
  const filled = facts.filter(([, value]) => value)
  if (filled.length === 0) return <p className="hint">{t('words.members.portrait.none')}</p>
  return (
    <dl className="record-facts">
      {filled.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Card({ name, after, children }: { name: string; after?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className="card">
      <h2>{t(`words.members.portrait.${name}`)}</h2>
      {children}
      {after ? <p className="hint">{after}</p> : null}
    </section>
  )
}

function Road({ portrait: { road } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const { labelOf } = useFieldWords()
  const facts = road.days.map(({ key, on }): Fact => [labelOf(key), on])
  if (road.running) {
    const { stage, state, probationEnd } = road.running
    const now = `${t(`words.development.stage.${stage}`)} · ${t(`words.development.state.${state}`)}`
    facts.push([t('words.members.portrait.running'), now], [t('words.members.portrait.probationEnd'), probationEnd])
  }
  return (
    <Card name="road">
      <Facts facts={facts} />
    </Card>
  )
}

function Life({ portrait: { life } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  if (!life) return null
  const told = ({ called, present, onLeave }: { called: number; present: number; onLeave: number }) =>
    t('record.attended', { called, present, onLeave })
  return (
    <Card name="life" after={t('words.members.portrait.span', { since: life.since, until: life.until })}>
      <Facts
        facts={[
          ...life.kinds.map((one): Fact => [t(`words.members.meetingKind.${one.kind}`), told(one)]),
          [t('words.members.portrait.all'), told(life)],
        ]}
      />
    </Card>
  )
}

function Learning({ portrait: { learning } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  if (!learning) return null
  const { target, earned, required, elective, requiredLeft, standing } = learning
  const column = (key: string) => t(`words.credits.columns.${key}`)
  return (
    <Card name="learning">
      <Facts
        facts={[
          [column('target'), target === null ? null : hoursText(target)],
          [column('earned'), hoursText(earned)],
          [column('required'), hoursText(required)],
          [column('elective'), hoursText(elective)],
          [column('requiredLeft'), String(requiredLeft)],
          [column('standing'), t(`words.credits.standing.${standing}`)],
        ]}
      />
    </Card>
  )
}

function Lists({ portrait: { posts, honours, decisions, moves } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const word = (key: string) => t(`words.members.portrait.${key}`)
  return (
    <>
      <Lines name="posts" hasMore={posts.hasMore}>
        {posts.rows.map(({ post, title, unit, fromOn, untilOn }) => ({
          day: `${fromOn ?? ''} – ${untilOn ?? word('until')}`,
          what: post ? t(`words.members.post.${post}`) : title,
          rest: unit,
        }))}
      </Lines>
      <Lines name="honours" hasMore={honours.hasMore}>
        {honours.rows.map(({ on, title, by }) => ({ day: on, what: title, rest: by }))}
      </Lines>
      <Lines name="decisions" hasMore={decisions.hasMore}>
        {decisions.rows.map(({ on, kind, title, by }) => ({
          day: on,
          what: kind ? t(`words.membership.decisionKind.${kind}`) : title,
          rest: by,
        }))}
      </Lines>
      <Lines name="moves" hasMore={moves.hasMore}>
        {moves.rows.map(({ on, from, to }) => ({ day: on, what: `${from} → ${to}`, rest: null }))}
      </Lines>
    </>
  )
}

type Line = { readonly day: string | null; readonly what: string | null; readonly rest: string | null }
function Lines({ name, hasMore, children }: { name: string; hasMore: boolean; children: readonly Line[] }) {
  const { t } = useTranslation()
  return (
    <Card name={name} after={hasMore ? t('words.members.portrait.more') : null}>
      {children.length === 0 ? <p className="hint">{t('words.members.portrait.none')}</p> : null}
      <ul className="record-entries">
        {children.map(({ day, what, rest }) => (
          <li key={`${day} ${what} ${rest}`}>
            <time>{day}</time>
            <span>{what}</span>
            {rest ? <span className="hint">{rest}</span> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}
