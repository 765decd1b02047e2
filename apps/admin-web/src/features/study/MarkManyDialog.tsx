import { useQueryClient } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { markStudyWorks } from '@tongxin/contract/study'
import { STUDY_GRADES, type StudyGrade, type StudyWorkCard } from '@tongxin/contract/study.words'
import { Button, Dialog, Select, say, TextArea, useRefusalWords } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_STUDY } from './study.api.ts'

type Props = {
  isReturn: boolean
  rows: readonly StudyWorkCard[]
  onClose: () => void
  onDone: () => void
}
type Refused = readonly { id: string; writer: string; title: string; code: string }[]

/** One grade and one comment for several works, or all of them sent back; those that could not be are named. */
export function MarkManyDialog({ isReturn, rows, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const [grade, setGrade] = useState<StudyGrade | ''>('')
  const [comment, setComment] = useState('')
  const [refused, setRefused] = useState<{ done: number; rows: Refused } | null>(null)
  const client = useQueryClient()
  const settle = () => {
    onClose()
    onDone()
    for (const queryKey of ALL_STUDY) void client.invalidateQueries({ queryKey })
  }
  const save = useWrite(markStudyWorks, {
    // The list is read anew when this is closed: with its rows the selection would go, and with it the names below.
    onDone: (reply) => {
      if (reply.refused.length > 0) return setRefused({ done: reply.done, rows: reply.refused })
      say(t('study.markedMany', { count: reply.done }))
      settle()
    },
  })
  if (refused) return <Left {...refused} onClose={settle} />
  const isReady = comment.trim() !== '' && (isReturn || grade !== '')
  const body = { ids: rows.map(({ id }) => id), grade: isReturn ? null : grade || null, comment }
  return (
    <FormDialog
      title={t(isReturn ? 'study.returnMany' : 'study.markMany', { count: rows.length })}
      verb={t(isReturn ? 'study.sendBack' : 'study.mark')}
      lead={t('study.manyLead')}
      whyNot={isReady ? undefined : t(isReturn ? 'study.commentFirst' : 'study.gradeFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ body })}
      onClose={onClose}
    >
      <p>{rows.map(({ writer }) => writer).join(t('study.between'))}</p>
      {isReturn ? null : (
        <Select
          label={t('study.grade')}
          required
          value={grade}
          onChange={setGrade}
          options={STUDY_GRADES.map((value) => ({ value, label: t(`words.study.grade.${value}`) }))}
        />
      )}
      <TextArea label={t('study.comment')} required maxLength={1000} value={comment} onChange={setComment} />
    </FormDialog>
  )
}

function Left({ done, rows, onClose }: { done: number; rows: Refused; onClose: () => void }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  return (
    <Dialog
      isOpen
      title={t('study.leftMany', { done, count: rows.length })}
      onClose={onClose}
      acts={
        <Button kind="primary" onClick={onClose}>
          {t('study.understood')}
        </Button>
      }
    >
      <ul className="study-list">
        {rows.map(({ id, writer, title, code }) => (
          <li key={id}>
            {[writer, title].filter(Boolean).join(' · ')} <span className="hint">{words(code).reason}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
