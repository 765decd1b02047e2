import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { Reply } from '@tongxin/contract/endpoint'
import type { readChange } from '@tongxin/contract/members.review'
import { Lamp, Timeline } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { ChangeActs } from './ChangeActs.tsx'
import { DifferenceTable } from './DifferenceTable.tsx'
import type { Decisions } from './decisions.ts'
import { CHANGE_LAMPS } from './lamps.ts'
import { changeQuery, changesQuery } from './members.api.ts'
import { PhotoPair } from './PhotoDialog.tsx'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

export type OpenChange = Reply<typeof readChange>

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(changeQuery(params.id ?? ''))

/** One proposal beside every other source, for its reviewers and its maker. */
export function Page({ params }: ScreenProps) {
  const { data } = useSuspenseQuery(changeQuery(params.id ?? ''))
  return <Review key={`${data.change.id} ${data.version}`} open={data} />
}

function Review({ open }: { open: OpenChange }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const [decisions, setDecisions] = useState<Decisions>({})
  const { change } = open
  const kind = word('changeKind', change.kind)
  const title = `${change.name} · ${kind}`
  return (
    <div className="page">
      <title>{`${title} · ${t('shell.name')}`}</title>
      <nav className="trail no-print" aria-label={t('shared.trail')}>
        <span>
          <Link to={paths.memberChanges.list()}>{t('members.reviewQueue')}</Link>
          <ChevronRight aria-hidden="true" />
        </span>
        <span aria-current="page">{title}</span>
        <NextOne id={change.id} state={change.state} />
      </nav>
      <header className="panel change-head">
        <h1>
          {title} <Lamp state={CHANGE_LAMPS[change.state]}>{word('changeState', change.state)}</Lamp>
        </h1>
        <Facts
          facts={[
            { label: word('columns', 'orgName'), value: change.orgName },
            { label: t('members.maker'), value: change.madeBy },
            ...(open.reason ? [{ label: t('members.reason'), value: open.reason }] : []),
            ...(change.memberId
              ? [
                  {
                    label: t('members.record'),
                    value: <Link to={paths.members.one(change.memberId)}>{t('members.openRecord')}</Link>,
                  },
                ]
              : []),
          ]}
        />
        <Notes open={open} />
      </header>
      <div className="record">
        <div className="panel review">
          {open.photo && change.memberId ? (
            <PhotoPair
              changeId={change.id}
              memberId={change.memberId}
              photo={open.photo}
              isSettled={change.state === 'approved'}
            />
          ) : open.entry ? (
            <EntryFacts entry={open.entry} />
          ) : (
            <DifferenceTable
              caption={title}
              rows={open.differences}
              decisions={decisions}
              onDecide={
                open.can.second ? (field, decision) => setDecisions({ ...decisions, [field]: decision }) : undefined
              }
            />
          )}
        </div>
        <aside className="panel record-side">
          <h2>{t('members.steps')}</h2>
          <Timeline
            entries={open.steps.map((step) => ({
              id: step.step,
              at: step.at,
              who: step.by ?? t('members.nobody'),
              what: t(`members.step.${step.step}`),
              ...(step.opinion ? { reason: step.opinion } : {}),
            }))}
          />
        </aside>
      </div>
      <ChangeActs open={open} decisions={decisions} />
    </div>
  )
}

/** Doubts, a returned reason, and that the record moved on since. */
function Notes({ open }: { open: OpenChange }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  return (
    <>
      {open.change.returnedReason ? (
        <Lamp state="late">{t('members.returnedBecause', { reason: open.change.returnedReason })}</Lamp>
      ) : null}
      {open.isStale ? <Lamp state="warn">{t('members.stale')}</Lamp> : null}
      {open.findings.map((finding) => (
        <Lamp key={finding.code} state={finding.severity === 'stop' ? 'late' : 'warn'}>
          {word('quality', finding.code)}
        </Lamp>
      ))}
    </>
  )
}

/** The next proposal that waits in the same queue, without going back to the list. */
function NextOne({ id, state }: { id: string; state: string }) {
  const { t } = useTranslation()
  const view = state === 'second_review' ? 'second' : 'first'
  const { data } = useQuery(changesQuery(view, {}))
  const next = data?.rows.find((row) => row.id !== id)
  if (!next) return null
  return (
    <Link className="next-one" to={paths.memberChanges.one(next.id)}>
      {t('shared.nextRecord')}: {next.name}
    </Link>
  )
}

function EntryFacts({ entry }: { entry: NonNullable<OpenChange['entry']> }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const rows = [
    [t('members.fromOn'), entry.fromOn],
    [t('members.untilOn'), entry.untilOn],
    ...Object.entries(entry.facts).map(([fact, value]) => [word('entryFacts', fact), value]),
  ]
  return (
    <table className="tx-diff">
      <caption>{word('entryKind', entry.kind)}</caption>
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value ?? t('ui.nothing')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
