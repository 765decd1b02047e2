import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { type CampaignPost, type CampaignRecord, decideOnPost } from '@tongxin/contract/study.campaigns'
import { Button, dateOf, ErrorState, Lamp, RefusalText, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { postsQuery } from './study.api.ts'
import { useDone } from './use-done.ts'

const VIEWS = ['waiting', 'shown', 'hidden'] as const

/** The queue of a discussion, what is shown, and what is not. */
export function Posts({ campaign }: { campaign: CampaignRecord }) {
  const { t } = useTranslation()
  const [view, setView] = useState<(typeof VIEWS)[number]>(campaign.waiting > 0 ? 'waiting' : 'shown')
  const [cursor, setCursor] = useState('')
  const query = useQuery(postsQuery(campaign.id, view, cursor))
  const choose = (next: (typeof VIEWS)[number]) => {
    setView(next)
    setCursor('')
  }
  return (
    <section className="study-part">
      <h3>{t('study.discussion')}</h3>
      <div className="study-acts">
        {VIEWS.map((one) => (
          <Button
            key={one}
            {...(one === view ? { kind: 'primary' as const } : {})}
            aria-pressed={one === view}
            onClick={() => choose(one)}
          >
            {`${t(`words.study.postState.${one}`)}${one === 'waiting' ? ` ${campaign.waiting}` : ''}`}
          </Button>
        ))}
      </div>
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data?.rows.length === 0 ? <p className="hint">{t('study.noPosts')}</p> : null}
      {query.data?.rows.map((post) => (
        <Post key={post.id} post={post} question={campaign.questions[post.questionAt] ?? ''} />
      ))}
      <div className="study-acts">
        {cursor ? <Button onClick={() => setCursor('')}>{t('study.first')}</Button> : null}
        {query.data?.next ? (
          <Button onClick={() => setCursor(query.data?.next ?? '')}>{t('study.nextPage')}</Button>
        ) : null}
      </div>
    </section>
  )
}

function Post({ post, question }: { post: CampaignPost; question: string }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const save = useWrite(decideOnPost, useDone())
  const params = { id: post.id }
  const show = (isPinned: boolean) => save.mutate({ params, body: { isShown: true, isPinned } })
  return (
    <article className="study-part">
      <span className="study-head">
        <span className="hint">{`${post.writer} · ${post.unitName} · ${dateOf(post.at)}`}</span>
        {post.isPinned ? <Lamp state="ok">{t('study.pinned')}</Lamp> : null}
      </span>
      <p className="hint">{question}</p>
      <p className="study-text">{post.body}</p>
      {post.reason ? <p className="study-quote">{post.reason}</p> : null}
      <div className="study-acts">
        {post.state === 'shown' ? (
          <Button whyNot={whyNot} isBusy={save.isPending} onClick={() => show(!post.isPinned)}>
            {t(post.isPinned ? 'study.unpin' : 'study.pin')}
          </Button>
        ) : (
          <Button whyNot={whyNot} isBusy={save.isPending} onClick={() => show(false)}>
            {t('study.showPost')}
          </Button>
        )}
        {post.state === 'hidden' ? null : (
          <AskedAct
            verb={t('study.hidePost')}
            lead={t('study.hidePostLead')}
            reasonLabel={t('study.reason')}
            whyNot={whyNot}
            save={save}
            input={(reason) => ({ params, body: { isShown: false, isPinned: false, reason } })}
          />
        )}
      </div>
      <RefusalText error={save.error} />
    </article>
  )
}
