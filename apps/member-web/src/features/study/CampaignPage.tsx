import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import {
  type CampaignPost,
  doCampaignTask,
  type MyCampaign,
  postInCampaign,
  withdrawPost,
} from '@tongxin/contract/study.campaigns'
import { Button, dateOf, EmptyState, Lamp, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ALL_STUDY } from '../../shared/notes/notes.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { AskedAct } from './AskedAct.tsx'
import { Rows } from './Rows.tsx'
import { campaignQuery, postsQuery } from './study.api.ts'
import './study.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(campaignQuery(params.id ?? ''))

/** One campaign: my tasks by my own word, the discussion, summary and outcome. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: campaign } = useSuspenseQuery(campaignQuery(params.id ?? ''))
  const asked = Number(search.question ?? 0)
  const at = asked < campaign.questions.length ? asked : 0
  return (
    <PageFrame title={campaign.title}>
      <section className="card study-card">
        <p className="study-text">{campaign.about}</p>
        <p className="hint">
          {[
            campaign.theme,
            `${campaign.fromOn} – ${campaign.untilOn}`,
            campaign.orgName,
            t(`words.study.campaignState.${campaign.state}`),
          ].join(' · ')}
        </p>
      </section>
      {campaign.tasks.length > 0 ? <Tasks campaign={campaign} /> : null}
      {campaign.summary ? <Words title={t('study.summary')} text={campaign.summary} /> : null}
      {campaign.outcome ? <Words title={t('study.outcome')} text={campaign.outcome} /> : null}
      {campaign.questions.length > 0 ? (
        <section className="card study-card">
          <h2>{t('study.discussion')}</h2>
          <div className="study-views">
            {campaign.questions.map((question, one) => (
              <Button
                key={question}
                {...(one === at ? { kind: 'primary' as const } : {})}
                aria-pressed={one === at}
                onClick={() => setSearch({ question: String(one) })}
              >
                {question}
              </Button>
            ))}
          </div>
          {campaign.state === 'open' ? <PostForm key={at} campaign={campaign} at={at} /> : null}
          <Posts campaign={campaign} at={at} />
        </section>
      ) : null}
    </PageFrame>
  )
}

const Words = ({ title, text }: { title: string; text: string }) => (
  <section className="card study-card">
    <h2>{title}</h2>
    <p className="study-text">{text}</p>
  </section>
)

function Tasks({ campaign }: { campaign: MyCampaign }) {
  const { t } = useTranslation()
  const save = useWrite(doCampaignTask, { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) })
  return (
    <section className="card study-card">
      <h2>{t('study.doneOf', { n: campaign.done.length, of: campaign.tasks.length })}</h2>
      <p className="hint">{t('study.ownWord')}</p>
      {campaign.tasks.map((task) => (
        <div key={task.id} className="study-head">
          <label className="study-check">
            <input
              type="checkbox"
              checked={campaign.done.includes(task.id)}
              disabled={campaign.state !== 'open' || save.isPending}
              onChange={({ target }) =>
                save.mutate({ params: { id: campaign.id, taskId: task.id }, body: { isDone: target.checked } })
              }
            />
            {`${t(`words.study.campaignTask.${task.kind}`)} · ${task.title}`}
          </label>
          {task.courseId ? <Link to={paths.learning.course(task.courseId)}>{t('study.toCourse')}</Link> : null}
        </div>
      ))}
      <RefusalText error={save.error} />
    </section>
  )
}

function PostForm({ campaign, at }: { campaign: MyCampaign; at: number }) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const save = useWrite(postInCampaign, {
    refreshes: ALL_STUDY,
    onDone: ({ state }) => {
      setBody('')
      say(t(state === 'waiting' ? 'study.saidWaits' : 'study.said'))
    },
  })
  return (
    <>
      <TextArea
        label={t('study.yourView')}
        {...(campaign.isModerated ? { help: t('study.moderated') } : {})}
        rows={3}
        maxLength={2000}
        value={body}
        onChange={setBody}
      />
      <RefusalText error={save.error} />
      <Button
        isBusy={save.isPending}
        whyNot={body.trim().length > 1 ? undefined : t('study.fillFirst')}
        onClick={() => save.mutate({ params: { id: campaign.id }, body: { questionAt: at, body } })}
      >
        {t('study.say')}
      </Button>
    </>
  )
}

function Posts({ campaign, at }: { campaign: MyCampaign; at: number }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(postsQuery(campaign.id, at))
  return (
    <Rows query={query} empty={<EmptyState title={t('study.noPosts')} />}>
      {(post) => <Post post={post} />}
    </Rows>
  )
}

function Post({ post }: { post: CampaignPost }) {
  const { t } = useTranslation()
  const save = useWrite(withdrawPost, { refreshes: ALL_STUDY, onDone: () => say(t('study.noted')) })
  return (
    <div className="study-remark">
      <span className="study-head">
        <span className="hint">{`${post.writer} · ${post.unitName} · ${dateOf(post.at)}`}</span>
        {post.isPinned ? <Lamp state="ok">{t('study.pinned')}</Lamp> : null}
        {post.state === 'shown' ? null : (
          <Lamp state={post.state === 'waiting' ? 'warn' : 'late'}>{t(`words.study.postState.${post.state}`)}</Lamp>
        )}
      </span>
      <p className="study-text">{post.body}</p>
      {post.reason ? <p className="hint">{t('study.reason', { reason: post.reason })}</p> : null}
      {post.isMine ? (
        <AskedAct
          verb={t('study.takeBack')}
          lead={t('study.takeBackLead')}
          save={save}
          input={{ params: { id: post.id }, body: {} }}
        />
      ) : null}
    </div>
  )
}
