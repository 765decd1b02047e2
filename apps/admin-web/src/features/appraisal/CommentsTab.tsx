import { useWrite } from '@tongxin/client/use-write'
import { type RoundComment, type RoundRecord, recordComment, removeComment } from '@tongxin/contract/appraisal'
import { Button, EmptyState, Select, TextArea } from '@tongxin/ui'
import { MessagesSquare, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

/** What was said of one another at the meeting, by name, as far as somebody wrote it down. */
export function CommentsTab({ round }: { round: RoundRecord }) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<RoundComment | null>(null)
  const add = round.can.comment ? (
    <Button kind="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" />
      {t('appraisal.addComment')}
    </Button>
  ) : null
  return (
    <div className="appraisal-progress">
      <p className="hint">{t('appraisal.commentsHint')}</p>
      {round.comments.length === 0 ? (
        <EmptyState title={t('appraisal.noComments')} icon={<MessagesSquare aria-hidden="true" />} act={add}>
          {t(round.can.comment ? 'appraisal.noCommentsHint' : 'appraisal.commentsLater')}
        </EmptyState>
      ) : (
        <>
          {add}
          <ul className="appraisal-comments">
            {round.comments.map((one) => (
              <li key={one.id}>
                <p>
                  <strong>{t('appraisal.toldOf', { by: one.byName, about: one.aboutName })}</strong>
                </p>
                <p className="appraisal-text">{one.text}</p>
                {round.can.comment ? (
                  <Button kind="quiet" onClick={() => setRemoving(one)}>
                    {t('appraisal.removeComment')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {isAdding ? <AddDialog round={round} onClose={() => setAdding(false)} /> : null}
      {removing ? <RemoveDialog round={round} comment={removing} onClose={() => setRemoving(null)} /> : null}
    </div>
  )
}

function AddDialog({ round, onClose }: { round: RoundRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [who, setWho] = useState({ byId: '', aboutId: '' })
  const [text, setText] = useState('')
  const save = useWrite(recordComment, useDone(onClose, 'appraisal.said.comment'))
  const errorAt = useFieldErrors(save.error)
  const options = round.persons.filter(({ hasLeft }) => !hasLeft).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <FormDialog
      title={t('appraisal.addComment')}
      verb={t('appraisal.save')}
      labels={{ '/body/aboutId': t('appraisal.aboutWhom'), '/body/byId': t('appraisal.byWhom') }}
      whyNot={who.byId === '' || who.aboutId === '' || text.trim() === '' ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: { ...who, text: text.trim() } })}
    >
      <Select
        label={t('appraisal.byWhom')}
        required
        value={who.byId}
        onChange={(byId) => setWho({ ...who, byId })}
        options={options}
        error={errorAt('/body/byId')}
      />
      <Select
        label={t('appraisal.aboutWhom')}
        required
        value={who.aboutId}
        onChange={(aboutId) => setWho({ ...who, aboutId })}
        options={options}
        error={errorAt('/body/aboutId')}
      />
      <TextArea label={t('appraisal.comment')} required rows={4} maxLength={1000} value={text} onChange={setText} />
    </FormDialog>
  )
}

function RemoveDialog(props: { round: RoundRecord; comment: RoundComment; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(removeComment, useDone(props.onClose, 'appraisal.said.uncomment'))
  return (
    <FormDialog
      title={t('appraisal.removeComment')}
      verb={t('appraisal.removeComment')}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={props.onClose}
      onSubmit={() =>
        save.mutate({ params: { id: props.round.id, commentId: props.comment.id }, body: { reason: reason.trim() } })
      }
    >
      <blockquote>{props.comment.text}</blockquote>
      <TextArea label={t('appraisal.reason')} required rows={2} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
