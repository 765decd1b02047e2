import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord, RollRow } from '@tongxin/contract/elections'
import { drawRoll, enterPresence } from '@tongxin/contract/elections.acts'
import { Button, EmptyState, ErrorState, Lamp, RefusalText, Skeleton, say } from '@tongxin/ui'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_ELECTIONS, rollQuery } from './elections.api.ts'
import { LeftOutDialog } from './LeftOutDialog.tsx'

/** Everybody entitled, who is left out by which reason, who is present, and whether four fifths are there. */
export function RollTab({ election }: { election: ElectionRecord }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(rollQuery(election.id))
  const draw = useWrite(drawRoll, { refreshes: ALL_ELECTIONS, onDone: () => say(t('elections.rollDrawn')) })
  const mayWrite = election.can.includes('roll')
  const drawIt = (
    <Button
      kind={election.roll.drawnAt ? 'plain' : 'primary'}
      isBusy={draw.isPending}
      onClick={() => draw.mutate({ params: { id: election.id }, body: {} })}
    >
      {t(election.roll.drawnAt ? 'elections.drawAgain' : 'elections.draw')}
    </Button>
  )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  return (
    <>
      <RefusalText error={draw.error} />
      {data.rows.length === 0 ? (
        <EmptyState
          title={t('elections.noRoll')}
          icon={<Users aria-hidden="true" />}
          act={mayWrite ? drawIt : undefined}
        >
          {t(mayWrite ? 'elections.noRollHint' : 'elections.noRollYet')}
        </EmptyState>
      ) : (
        <Roll key={data.rows.length} election={election} rows={data.rows} drawIt={mayWrite ? drawIt : null} />
      )}
    </>
  )
}

function Figures({ roll }: { roll: ElectionRecord['roll'] }) {
  const { t } = useTranslation()
  const figures = ['formal', 'noRights', 'leftOut', 'shouldAttend', 'present'] as const
  return (
    <dl className="election-figures">
      {figures.map((key) => (
        <div key={key}>
          <dt>{t(`elections.roll.${key}`)}</dt>
          <dd>{roll[key]}</dd>
        </div>
      ))}
      <div>
        <dt>{t('elections.roll.quorum')}</dt>
        <dd>
          <Lamp state={roll.quorum ? 'ok' : 'late'}>
            {t(roll.quorum ? 'elections.roll.enough' : 'elections.roll.short', {
              least: Math.ceil((roll.shouldAttend * 4) / 5),
            })}
          </Lamp>
        </dd>
      </div>
    </dl>
  )
}

function Roll(props: { election: ElectionRecord; rows: readonly RollRow[]; drawIt: React.ReactNode }) {
  const { election, rows, drawIt } = props
  const { t } = useTranslation()
  const [present, setPresent] = useState<ReadonlySet<string>>(
    () => new Set(rows.filter((row) => row.present).map((row) => row.memberId)),
  )
  const [isLeaving, setLeaving] = useState(false)
  const save = useWrite(enterPresence, { refreshes: ALL_ELECTIONS, onDone: () => say(t('elections.presenceSaved')) })
  const mayMark =
    ['preparing', 'voting'].includes(election.state) && !election.rounds.some((one) => one.state === 'open')
  const may = rows.filter((row) => row.leftOut === null).map((row) => row.memberId)
  const toggle = (id: string) =>
    setPresent((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <>
      <Figures roll={election.roll} />
      {mayMark ? (
        <div className="election-acts">
          {drawIt}
          {election.can.includes('roll') && election.delegates === null ? (
            <Button onClick={() => setLeaving(true)}>{t('elections.leaveOut')}</Button>
          ) : null}
          <Button onClick={() => setPresent(new Set(may))}>{t('elections.allPresent')}</Button>
          <Button
            kind="primary"
            isBusy={save.isPending}
            onClick={() => save.mutate({ params: { id: election.id }, body: { memberIds: [...present] } })}
          >
            {t('elections.savePresence', { n: present.size })}
          </Button>
        </div>
      ) : null}
      <RefusalText error={save.error} />
      <table className="election-table">
        <thead>
          <tr>
            <th>{t('elections.person')}</th>
            <th>{t('elections.presentLabel')}</th>
            <th>{t('elections.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.memberId}>
              <td>{row.name}</td>
              <td>
                <input
                  type="checkbox"
                  aria-label={t('elections.isPresent', { name: row.name })}
                  checked={present.has(row.memberId)}
                  disabled={!mayMark || row.leftOut !== null}
                  onChange={() => toggle(row.memberId)}
                />
              </td>
              <td>
                {[
                  row.leftOut ? t('elections.leftOutFor', { why: t(`elections.leftOut.${row.leftOut}`) }) : '',
                  row.isCandidate ? t('elections.isCandidate') : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isLeaving ? <LeftOutDialog election={election} rows={rows} onClose={() => setLeaving(false)} /> : null}
    </>
  )
}
