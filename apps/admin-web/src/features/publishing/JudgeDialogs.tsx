import { useWrite } from '@tongxin/client/use-write'
import { type ArticleRecord, finishArticle, reviewArticle, scheduleArticle } from '@tongxin/contract/publishing'
import { TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

type Props = { article: ArticleRecord; isPassed: boolean; onClose: () => void }

/** The second hand. */
export function ReviewDialog({ article, isPassed, onClose }: Props) {
  const { t } = useTranslation()
  const [comment, setComment] = useState('')
  const save = useWrite(reviewArticle, useDone(onClose))
  const verb = t(isPassed ? 'publishing.act.pass' : 'publishing.act.return')
  return (
    <FormDialog
      title={verb}
      verb={verb}
      lead={t(isPassed ? 'publishing.act.passLead' : 'publishing.act.returnLead')}
      whyNot={isPassed || comment.trim().length > 1 ? undefined : t('publishing.sayWhatIsWrong')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id: article.id }, body: { isPassed, ...saidIn(comment) } })}
      onClose={onClose}
    >
      <Comment isPassed={isPassed} value={comment} onChange={setComment} />
    </FormDialog>
  )
}

/** The third hand: now, at an hour, or back. */
export function FinishDialog({ article, isPassed, onClose }: Props) {
  const { t } = useTranslation()
  const [comment, setComment] = useState('')
  const [at, setAt] = useState('')
  const save = useWrite(finishArticle, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const verb = t(isPassed ? (at === '' ? 'publishing.act.finish' : 'publishing.act.finishAt') : 'publishing.act.refuse')
  const submit = () => {
    const releaseAt = isPassed && at !== '' ? { releaseAt: new Date(at).toISOString() } : {}
    save.mutate({ params: { id: article.id }, body: { isPassed, ...saidIn(comment), ...releaseAt } })
  }
  return (
    <FormDialog
      title={verb}
      verb={verb}
      lead={t(isPassed ? 'publishing.act.finishLead' : 'publishing.act.returnLead')}
      labels={{ '/body/releaseAt': t('publishing.releaseAt') }}
      whyNot={isPassed || comment.trim().length > 1 ? undefined : t('publishing.sayWhatIsWrong')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {isPassed ? <Hour value={at} onChange={setAt} error={errorAt('/body/releaseAt')} /> : null}
      <Comment isPassed={isPassed} value={comment} onChange={setComment} />
    </FormDialog>
  )
}

/** Another hour for what waits for one, or now. */
export function ScheduleDialog({ article, onClose }: Omit<Props, 'isPassed'>) {
  const { t } = useTranslation()
  const [at, setAt] = useState('')
  const save = useWrite(scheduleArticle, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('publishing.act.schedule')}
      verb={t(at === '' ? 'publishing.act.releaseNow' : 'publishing.act.schedule')}
      lead={t('publishing.act.scheduleLead')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({ params: { id: article.id }, body: { releaseAt: at === '' ? null : new Date(at).toISOString() } })
      }
      onClose={onClose}
    >
      <Hour value={at} onChange={setAt} error={errorAt('/body/releaseAt')} />
    </FormDialog>
  )
}

const saidIn = (comment: string) => (comment.trim() === '' ? {} : { comment: comment.trim() })

function Hour(props: { value: string; onChange: (at: string) => void; error: string | undefined }) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('publishing.releaseAt')}
      type="datetime-local"
      help={t('publishing.releaseAtHelp')}
      value={props.value}
      onChange={props.onChange}
      error={props.error}
    />
  )
}

function Comment(props: { isPassed: boolean; value: string; onChange: (comment: string) => void }) {
  const { t } = useTranslation()
  return (
    <TextArea
      label={t('publishing.comment')}
      required={!props.isPassed}
      maxLength={500}
      value={props.value}
      onChange={props.onChange}
    />
  )
}
