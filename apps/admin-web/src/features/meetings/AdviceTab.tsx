import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { askJoint } from '@tongxin/contract/meetings.joint'
import type { TaskRow } from '@tongxin/contract/meetings.work'
import { Button, ErrorState, Lamp, RefusalText, Skeleton, say, TextInput, WhyArticle } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JOINT_LAMPS } from './JointPage.tsx'
import { adviceQuery, jointOfQuery } from './life.api.ts'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { TaskLamp } from './TasksPage.tsx'
import './year.css'

/** Before the meeting: who must attend and how many are needed, what earlier meetings decided, who holds it together. */
export function AdviceTab({ meeting }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation()
  const { data, error, refetch } = useQuery(adviceQuery(meeting.id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const cited = (citation: { zh: string; en: string }) => (i18n.language.startsWith('zh') ? citation.zh : citation.en)
  return (
    <>
      {data.advice.length === 0 ? <p className="hint">{t('meetings.advice.noVotes')}</p> : null}
      {data.advice.map((one) => (
        <section key={one.quorum.votes} className="life-part">
          <h3>{t('meetings.advice.for', { what: t(`meetings.votes.${one.quorum.votes}`) })}</h3>
          <Lamp state={one.isSure ? 'ok' : one.isPossible ? 'warn' : 'late'}>
            {t(
              one.isSure
                ? 'meetings.advice.sure'
                : one.isPossible
                  ? 'meetings.advice.open'
                  : 'meetings.advice.impossible',
            )}
          </Lamp>
          <dl>
            {(
              [
                ['eligible', one.quorum.eligible],
                ['needed', one.quorum.needed],
                ['inFavour', one.neededInFavour],
                ['confirmed', one.confirmed],
                ['onLeave', one.onLeave],
                ['unanswered', one.unanswered],
              ] as const
            ).map(([key, count]) => (
              <div key={key}>
                <dt>{t(`meetings.advice.${key}`)}</dt>
                <dd>{t('meetings.advice.people', { count })}</dd>
              </div>
            ))}
          </dl>
          {one.isBallotNeeded ? <p className="hint">{t('meetings.advice.ballot')}</p> : null}
          <WhyArticle source={cited(one.quorum.citation)} article={one.quorum.ruleId} />
        </section>
      ))}
      {data.leftOut.length > 0 ? (
        <section className="life-part">
          <h3>{t('meetings.advice.leftOut')}</h3>
          <ul>
            {data.leftOut.map((one) => (
              <li key={one.memberId}>
                {one.name} · {t(`meetings.leftOut.${one.reason}`)}
              </li>
            ))}
          </ul>
          <Lamp state={data.superiorConsent && data.meetingApproval ? 'ok' : 'warn'}>
            {t(
              data.superiorConsent && data.meetingApproval
                ? 'meetings.advice.leftOutAgreed'
                : 'meetings.advice.leftOutCount',
            )}
          </Lamp>
          <WhyArticle source={cited(data.leftOutCitation)} article={data.leftOutRuleId} />
        </section>
      ) : null}
      <Earlier tasks={data.earlier} />
      <Joint meeting={meeting} />
    </>
  )
}

function Earlier({ tasks }: { tasks: readonly TaskRow[] }) {
  const { t } = useTranslation()
  return (
    <section className="life-part">
      <h3>{t('meetings.advice.earlier')}</h3>
      {tasks.length === 0 ? (
        <p className="hint">{t('meetings.advice.nothingEarlier')}</p>
      ) : (
        <table className="life-table">
          <thead>
            <tr>
              <th scope="col">{t('meetings.what')}</th>
              <th scope="col">{t('meetings.who')}</th>
              <th scope="col">{t('meetings.dueOn')}</th>
              <th scope="col">{t('meetings.stateLabel')}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map((task) => (
              <tr key={task.id}>
                <td>
                  {task.what} {task.doneNote ? <span className="hint">{task.doneNote}</span> : null}
                </td>
                <td>{task.who}</td>
                <td>{task.dueOn ?? t('meetings.noDate')}</td>
                <td>
                  <TaskLamp row={task} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** Branches that hold the meeting together: asked by name, answered by their own secretary. */
function Joint({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  const { data } = useQuery(jointOfQuery(meeting.id))
  const [orgName, setOrgName] = useState('')
  const ask = useWrite(askJoint, {
    refreshes: ALL_MEETINGS,
    onDone: () => {
      setOrgName('')
      say(t('meetings.joint.sent'))
    },
  })
  const isOpen = meeting.state === 'planned' || meeting.state === 'noticed'
  if (!data || (data.rows.length === 0 && !isOpen)) return null
  return (
    <section className="life-part">
      <h3>{t('meetings.joint.together')}</h3>
      <ul>
        {data.rows.map((row) => (
          <li key={row.id}>
            {row.orgName} <Lamp state={JOINT_LAMPS[row.state]}>{t(`meetings.joint.state.${row.state}`)}</Lamp>{' '}
            <span className="hint">{row.answer}</span>
          </li>
        ))}
      </ul>
      {isOpen && !whyNot ? (
        <>
          <TextInput
            label={t('meetings.joint.branchName')}
            help={t('meetings.joint.branchHelp')}
            maxLength={120}
            value={orgName}
            onChange={setOrgName}
          />
          <RefusalText error={ask.error} />
          <div>
            <Button
              isBusy={ask.isPending}
              whyNot={orgName.trim().length < 2 ? t('meetings.joint.nameFirst') : undefined}
              onClick={() => ask.mutate({ params: { id: meeting.id }, body: { orgName: orgName.trim() } })}
            >
              {t('meetings.joint.ask')}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}
