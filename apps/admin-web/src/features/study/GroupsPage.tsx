import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  confirmStudySession,
  endStudyGroup,
  type StudyGroupCard,
  type StudyGroupRecord,
  type StudySession,
} from '@tongxin/contract/study.groups'
import { STUDY_GROUP_STATES } from '@tongxin/contract/study.words'
import { Button, EmptyState, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { Plus, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { GroupDialog } from './GroupDialog.tsx'
import { groupQuery, groupsQuery } from './study.api.ts'
import { useDone } from './use-done.ts'
import './study.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(groupsQuery(search))

const columns: Column<StudyGroupCard>[] = [
  { key: 'name', textKey: 'study.group', render: (row) => row.name, isSortable: true },
  { key: 'orgName', textKey: 'study.org', render: (row) => row.orgName, width: 200 },
  { key: 'leader', textKey: 'study.leader', render: (row) => row.leader, width: 110 },
  { key: 'members', textKey: 'study.members', render: (row) => row.members, isNumber: true, width: 90 },
  { key: 'held', textKey: 'study.held', render: (row) => row.held, isNumber: true, width: 90 },
  { key: 'toConfirm', textKey: 'study.toConfirm', render: (row) => row.toConfirm, isNumber: true, width: 110 },
  { key: 'nextOn', textKey: 'study.nextOn', render: (row) => row.nextOn ?? '—', width: 120 },
]

/** Study groups of the scope: made here, led by their leaders on the phone. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isMaking, setMaking] = useState(false)
  const make = (
    <Button kind="primary" whyNot={whyNot} onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" />
      {t('study.makeGroup')}
    </Button>
  )
  return (
    <>
      <ListPage
        title={t('study.groups')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(groupsQuery(search))}
        search={search}
        setSearch={setSearch}
        primary={make}
        filters={[
          { key: 'text', label: t('study.group'), kind: 'text' },
          {
            key: 'state',
            label: t('study.state'),
            kind: 'choice',
            options: STUDY_GROUP_STATES.map((value) => ({ value, label: t(`words.study.groupState.${value}`) })),
          },
          {
            key: 'unconfirmed',
            label: t('study.toConfirm'),
            kind: 'choice',
            options: [{ value: 'true', label: t('study.onlyToConfirm') }],
          },
          { key: 'orgId', label: t('study.org'), kind: 'organisation' },
        ]}
        lamp={(row) => ({
          state: row.state === 'active' ? 'ok' : 'idle',
          word: t(`words.study.groupState.${row.state}`),
        })}
        drawer={(row) => ({ title: row.name, body: <Glance key={row.id} id={row.id} /> })}
        empty={
          <EmptyState title={t('study.noGroups')} icon={<Users aria-hidden="true" />} act={make}>
            {t('study.noGroupsHint')}
          </EmptyState>
        }
      />
      {isMaking ? <GroupDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

function Glance({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: group, error, refetch } = useQuery(groupQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!group) return <Skeleton lines={6} />
  return (
    <div className="study-glance">
      <p className="study-text">{group.theme}</p>
      <Facts
        facts={[
          { label: t('study.leader'), value: group.leader },
          { label: t('study.members'), value: group.seats.map(({ name }) => name).join('、') },
        ]}
      />
      <Acts group={group} />
      {group.sessions.length === 0 ? <p className="hint">{t('study.noSessions')}</p> : null}
      {group.sessions.map((session) => (
        <Session key={session.id} session={session} />
      ))}
    </div>
  )
}

const LAMPS = { planned: 'info', held: 'ok', cancelled: 'idle' } as const
function Session({ session }: { session: StudySession }) {
  const { t } = useTranslation()
  return (
    <section className="study-part">
      <span className="study-head">
        <h3>{session.topic}</h3>
        <Lamp state={LAMPS[session.state]}>{t(`words.study.sessionState.${session.state}`)}</Lamp>
      </span>
      <p className="hint">{`${session.onDate} · ${session.place}`}</p>
      {session.reason ? <p>{session.reason}</p> : null}
      {session.minutes ? <p className="study-text">{session.minutes}</p> : null}
      {session.present.length > 0 ? <p>{t('study.present', { names: session.present.join('、') })}</p> : null}
      {session.files.map(({ id, name }) => (
        <a key={id} href={`/api/v1/files/${id}/content`} target="_blank" rel="noreferrer">
          {name}
        </a>
      ))}
      {session.state === 'held' ? <SecondHand session={session} /> : null}
    </section>
  )
}

/** Who wrote the minutes, how long the group met, and the second hand by which the hours count. */
function SecondHand({ session }: { session: StudySession }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const confirm = useWrite(confirmStudySession, useDone())
  const { writtenBy, lengthMinutes, confirmedBy } = session
  return (
    <>
      <p className="hint">
        {[
          t('study.writtenBy', { by: writtenBy ?? '—' }),
          lengthMinutes === null ? t('study.noLength') : t('study.length', { n: lengthMinutes }),
          confirmedBy === null ? t('study.unconfirmed') : t('study.confirmedBy', { by: confirmedBy }),
        ].join(' · ')}
      </p>
      {confirmedBy === null ? (
        <AskedAct
          verb={t('study.confirm')}
          lead={t('study.confirmLead')}
          whyNot={whyNot ?? (lengthMinutes === null ? t('study.noLength') : undefined)}
          save={confirm}
          input={() => ({ params: { id: session.id }, body: {} })}
        />
      ) : null}
    </>
  )
}

function Acts({ group }: { group: StudyGroupRecord }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const [isChanging, setChanging] = useState(false)
  const end = useWrite(endStudyGroup, useDone())
  const state = group.state === 'active' ? ('ended' as const) : ('active' as const)
  return (
    <div className="study-acts">
      {group.state === 'active' ? (
        <Button whyNot={whyNot} onClick={() => setChanging(true)}>
          {t('study.change')}
        </Button>
      ) : null}
      <AskedAct
        verb={t(state === 'ended' ? 'study.endGroup' : 'study.goOn')}
        lead={t('study.endLead')}
        reasonLabel={t('study.reason')}
        whyNot={whyNot}
        save={end}
        input={(reason) => ({ params: { id: group.id }, body: { state, reason } })}
      />
      {isChanging ? <GroupDialog group={group} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}
