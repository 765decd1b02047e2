import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import type { Reply } from '@tongxin/contract/endpoint'
import { type readMyStudyGroup, type StudySession, seeStudyFeedback } from '@tongxin/contract/study.groups'
import { Button, dateOf, EmptyState, Lamp, Sheet } from '@tongxin/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { FeedbackForm, MinutesForm, SessionForm } from './GroupForms.tsx'
import { groupQuery, groupsQuery } from './study.api.ts'
import { Files } from './words.tsx'
import './study.css'

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(groupQuery(params.id ?? ''))
export type Mine = Reply<typeof readMyStudyGroup>
const LAMPS = { planned: 'info', held: 'ok', cancelled: 'idle' } as const
type Form = { readonly kind: 'plan' | 'change' | 'minutes' | 'feedback'; readonly session: StudySession | null }

/** One group: members, plan, minutes, and what was said between two. The leader plans and writes. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: group } = useSuspenseQuery(groupQuery(params.id ?? ''))
  const [form, setForm] = useState<Form | null>(null)
  const close = () => setForm(null)
  useSeen(group)
  const leads = group.isLeader && group.state === 'active'
  return (
    <PageFrame
      title={group.name}
      primary={
        leads ? (
          <Button wide kind="primary" onClick={() => setForm({ kind: 'plan', session: null })}>
            {t('study.plan')}
          </Button>
        ) : undefined
      }
    >
      <section className="card study-card">
        <p className="study-text">{group.theme}</p>
        <p className="hint">
          {[
            t('study.leader', { name: group.leader }),
            group.orgName,
            group.seats.map(({ name }) => name).join('、'),
          ].join(' · ')}
        </p>
      </section>
      {group.sessions.length === 0 ? <EmptyState title={t('study.noSessions')} /> : null}
      {group.sessions.map((session) => (
        <Session key={session.id} group={group} session={session} leads={leads} onOpen={setForm} />
      ))}
      {form ? (
        <Sheet isOpen title={t(`study.form.${form.kind}`)} onClose={close}>
          {form.kind === 'plan' || form.kind === 'change' ? (
            <SessionForm group={group} session={form.session} onDone={close} />
          ) : null}
          {form.kind === 'minutes' && form.session ? (
            <MinutesForm group={group} session={form.session} onDone={close} />
          ) : null}
          {form.kind === 'feedback' && form.session ? (
            <FeedbackForm group={group} session={form.session} onDone={close} />
          ) : null}
        </Sheet>
      ) : null}
    </PageFrame>
  )
}

/** What was said to me and is on the screen is not new any more; only I know. */
function useSeen({ id, feedback }: Mine) {
  const { mutate } = useWrite(seeStudyFeedback, { refreshes: [groupsQuery.queryKey] })
  const isToMe = feedback.some(({ isMine }) => !isMine)
  useEffect(() => {
    if (isToMe) mutate({ params: { id }, body: {} })
  }, [id, isToMe, mutate])
}

function Session(props: { group: Mine; session: StudySession; leads: boolean; onOpen: (form: Form) => void }) {
  const { t } = useTranslation()
  const { session, leads, onOpen, group } = props
  const said = group.feedback.filter(({ sessionId }) => sessionId === session.id)
  const verbs = [
    ...(leads && session.state === 'planned' ? (['change'] as const) : []),
    ...(leads && session.state !== 'cancelled' && session.confirmedBy === null ? (['minutes'] as const) : []),
    ...(session.state === 'held' && group.seats.length > 1 ? (['feedback'] as const) : []),
  ]
  return (
    <section className="card study-card">
      <span className="study-head">
        <h2>{session.topic}</h2>
        <Lamp state={LAMPS[session.state]}>{t(`words.study.sessionState.${session.state}`)}</Lamp>
      </span>
      <p className="hint">{`${session.onDate} · ${session.place}`}</p>
      {session.state === 'held' && session.lengthMinutes !== null ? (
        <p className="hint">
          {t('study.lasted', { n: session.lengthMinutes })}
          {' · '}
          {session.confirmedBy === null ? t('study.unconfirmed') : t('study.counted', { by: session.confirmedBy })}
        </p>
      ) : null}
      {session.reason ? <p>{session.reason}</p> : null}
      {session.minutes ? <p className="study-text">{session.minutes}</p> : null}
      {session.present.length > 0 ? (
        <p className="hint">{t('study.present', { names: session.present.join('、') })}</p>
      ) : null}
      <Files files={session.files} />
      {said.map((one) => (
        <div key={one.id} className="study-remark">
          <span className="hint">
            {one.isMine ? t('study.saidTo', { name: one.to }) : t('study.saidBy', { name: one.from })} ·{' '}
            {dateOf(one.at)}
          </span>
          <p className="study-text">{one.body}</p>
        </div>
      ))}
      {verbs.length > 0 ? (
        <div className="study-acts">
          {verbs.map((kind) => (
            <Button key={kind} onClick={() => onOpen({ kind, session })}>
              {t(`study.form.${kind}`)}
            </Button>
          ))}
        </div>
      ) : null}
    </section>
  )
}
