import { useWrite } from '@tongxin/client/use-write'
import {
  type ArticleRecord,
  correctArticle,
  dropArticle,
  pinArticle,
  restoreArticle,
  takeArticleBack,
  withdrawArticle,
} from '@tongxin/contract/publishing'
import { Button, RefusalText, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { FinishDialog, ReviewDialog, ScheduleDialog } from './JudgeDialogs.tsx'
import { useDone } from './use-done.ts'

type Asked = 'pass' | 'return' | 'finish' | 'refuse' | 'schedule' | 'withdraw' | null

/** What this post may do with the article now; the next of the three hands stands out. */
export function ArticleActs({ article }: { article: ArticleRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { may } = article
  const close = () => setAsked(null)
  const act = (key: Exclude<Asked, null>, kind: 'plain' | 'primary' = 'plain') => (
    <Button key={key} kind={kind} onClick={() => setAsked(key)}>
      {t(`publishing.act.${key}`)}
    </Button>
  )
  return (
    <div className="publishing-acts">
      <QuietActs article={article} />
      {may.withdraw ? act('withdraw') : null}
      {may.review ? [act('return'), act('pass', 'primary')] : null}
      {may.finish ? [act('refuse'), act('finish', 'primary')] : null}
      {may.schedule ? [act('refuse'), act('schedule', 'primary')] : null}
      {asked === 'pass' || asked === 'return' ? (
        <ReviewDialog article={article} isPassed={asked === 'pass'} onClose={close} />
      ) : null}
      {asked === 'finish' || asked === 'refuse' ? (
        <FinishDialog article={article} isPassed={asked === 'finish'} onClose={close} />
      ) : null}
      {asked === 'schedule' ? <ScheduleDialog article={article} onClose={close} /> : null}
      {asked === 'withdraw' ? <WithdrawDialog article={article} onClose={close} /> : null}
    </div>
  )
}

function QuietActs({ article }: { article: ArticleRecord }) {
  const { t } = useTranslation()
  const { may, id, isPinned } = article
  const params = { id }
  const done = useDone()
  const back = useWrite(takeArticleBack, done)
  const pin = useWrite(pinArticle, done)
  const correct = useWrite(correctArticle, done)
  const drop = useWrite(dropArticle, done)
  const restore = useWrite(restoreArticle, done)
  return (
    <>
      <RefusalText error={back.error ?? pin.error} />
      {may.takeBack ? (
        <Button isBusy={back.isPending} onClick={() => back.mutate({ params, body: {} })}>
          {t('publishing.act.takeBack')}
        </Button>
      ) : null}
      {may.save ? <Reasoned verb="drop" save={drop} id={id} isDanger /> : null}
      {may.withdraw ? (
        <Button isBusy={pin.isPending} onClick={() => pin.mutate({ params, body: { isPinned: !isPinned } })}>
          {t(isPinned ? 'publishing.act.unpin' : 'publishing.act.pin')}
        </Button>
      ) : null}
      {may.correct ? (
        <AskedAct
          verb={t('publishing.act.correct')}
          lead={t('publishing.act.correctLead')}
          reasonLabel={t('publishing.correctionNote')}
          save={correct}
          input={(note) => ({ params, body: { note } })}
        />
      ) : null}
      {may.restore ? <Reasoned verb="restore" save={restore} id={id} /> : null}
    </>
  )
}

function Reasoned(props: {
  verb: 'drop' | 'restore'
  save: ReturnType<typeof useWrite<typeof dropArticle>> | ReturnType<typeof useWrite<typeof restoreArticle>>
  id: string
  isDanger?: boolean
}) {
  const { t } = useTranslation()
  return (
    <AskedAct
      verb={t(`publishing.act.${props.verb}`)}
      lead={t(`publishing.act.${props.verb}Lead`)}
      reasonLabel={t('publishing.reason')}
      isDanger={props.isDanger ?? false}
      save={props.save}
      input={(reason) => ({ params: { id: props.id }, body: { reason } })}
    />
  )
}

function WithdrawDialog({ article, onClose }: { article: ArticleRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [isConsent, setConsent] = useState(false)
  const save = useWrite(withdrawArticle, useDone(onClose))
  return (
    <FormDialog
      title={t('publishing.act.withdraw')}
      verb={t('publishing.act.withdraw')}
      lead={t('publishing.act.withdrawLead')}
      isDanger
      whyNot={reason.trim().length > 1 ? undefined : t('ui.reasonFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: article.id }, body: { reason, isConsentWithdrawn: isConsent } })}
      onClose={onClose}
    >
      <TextArea label={t('publishing.reason')} required maxLength={500} value={reason} onChange={setReason} />
      {article.kind === 'showcase' ? (
        <label className="publishing-check">
          <input type="checkbox" checked={isConsent} onChange={({ target }) => setConsent(target.checked)} />
          {t('publishing.consentWithdrawn')}
        </label>
      ) : null}
    </FormDialog>
  )
}
