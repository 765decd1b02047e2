import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { answerJoint, JOINT_STATES, type JointRow } from '@tongxin/contract/meetings.joint'
import { Button, ConfirmDialog, dateOf, EmptyState, Lamp, type LampState, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { jointAskedQuery } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import { useDone } from './use-done.ts'
import './year.css'

export const JOINT_LAMPS: Readonly<Record<JointRow['state'], LampState>> = {
  asked: 'warn',
  accepted: 'ok',
  declined: 'idle',
}

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(jointAskedQuery(search))

/** Meetings of other branches to which ours is asked: accepting calls our members, without a vote there. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(['meetings.joint_asked', 'meetings.joint_answered'], ALL_MEETINGS)
  const columns: Column<JointRow>[] = [
    { key: 'title', textKey: 'meetings.name', render: (row) => row.title },
    {
      key: 'startsAt',
      textKey: 'meetings.when',
      render: (row) => `${dateOf(row.startsAt)} ${timeOf(row.startsAt)}`,
      isSortable: true,
      width: 170,
    },
    { key: 'host', textKey: 'meetings.joint.host', render: (row) => row.hostName },
    { key: 'org', textKey: 'meetings.joint.asked', render: (row) => row.orgName },
    {
      key: 'state',
      textKey: 'meetings.stateLabel',
      render: (row) => <Lamp state={JOINT_LAMPS[row.state]}>{t(`meetings.joint.state.${row.state}`)}</Lamp>,
      width: 120,
    },
  ]
  return (
    <ListPage
      title={t('meetings.joint.list')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(jointAskedQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('meetings.stateLabel'),
          kind: 'choice',
          options: JOINT_STATES.map((value) => ({ value, label: t(`meetings.joint.state.${value}`) })),
        },
      ]}
      drawer={(row) => ({ title: row.title, body: <Asked row={row} /> })}
      empty={<EmptyState title={t('meetings.joint.none')}>{t('meetings.joint.noneHint')}</EmptyState>}
    />
  )
}

function Asked({ row }: { row: JointRow }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const [asked, setAsked] = useState<'accept' | 'decline' | null>(null)
  const close = () => setAsked(null)
  const answer = useWrite(answerJoint, useDone(close, 'meetings.joint.answered'))
  return (
    <div className="life-part">
      <p>{t('meetings.joint.says', { host: row.hostName, on: dateOf(row.startsAt), place: row.place ?? '' })}</p>
      {row.answer ? <p className="hint">{row.answer}</p> : null}
      {row.state === 'asked' ? (
        <div className="tx-acts">
          <Button whyNot={whyNot} onClick={() => setAsked('decline')}>
            {t('meetings.joint.decline')}
          </Button>
          <Button kind="primary" whyNot={whyNot} onClick={() => setAsked('accept')}>
            {t('meetings.joint.accept')}
          </Button>
        </div>
      ) : null}
      <ConfirmDialog
        isOpen={asked === 'accept'}
        onClose={close}
        title={t('meetings.joint.acceptTitle')}
        verb={t('meetings.joint.accept')}
        isBusy={answer.isPending}
        error={answer.error}
        onConfirm={() => answer.mutate({ params: { id: row.id }, body: { isAccepted: true } })}
      >
        <p className="hint">{t('meetings.joint.acceptHint', { branch: row.orgName })}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'decline'}
        onClose={close}
        title={t('meetings.joint.declineTitle')}
        verb={t('meetings.joint.decline')}
        reasonLabel={t('meetings.reason')}
        isBusy={answer.isPending}
        error={answer.error}
        onConfirm={(reason) => answer.mutate({ params: { id: row.id }, body: { isAccepted: false, reason } })}
      />
    </div>
  )
}
