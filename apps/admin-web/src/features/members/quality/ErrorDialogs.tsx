import { useWrite } from '@tongxin/client/use-write'
import {
  answerMemberError,
  closeMemberError,
  decideErrorAppeal,
  ERROR_HANDLINGS,
  ERROR_LINKS,
  handleMemberError,
  type MemberError,
} from '@tongxin/contract/members.errors'
import { ConfirmDialog, Select, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../../shared/pages/FormPage.tsx'
import { ALL_QUALITY } from './quality.api.ts'

type Props = { error: MemberError; onClose: () => void }

function useDone(onClose: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_QUALITY,
    onDone: () => {
      say(t('quality.error.saved'))
      onClose()
    },
  }
}

/** Whose step should have seen it, and what is done. Only hands that there were are offered. */
export function HandleDialog({ error, onClose }: Props) {
  const { t } = useTranslation()
  const [link, setLink] = useState<(typeof ERROR_LINKS)[number] | ''>('')
  const [handling, setHandling] = useState<(typeof ERROR_HANDLINGS)[number] | ''>('')
  const [note, setNote] = useState('')
  const save = useWrite(handleMemberError, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isSource = link === 'source'
  const isIncomplete = link === '' || (!isSource && handling === '') || note.trim().length < 2
  const handOf = (one: string) => error.hands.find((hand) => hand.link === one)?.name
  const links = ERROR_LINKS.filter((one) => one === 'source' || handOf(one))
  return (
    <FormDialog
      title={t('quality.error.act.handle')}
      verb={t('quality.error.act.handle')}
      lead={t('quality.error.handleLead')}
      labels={{ '/body/link': t('quality.error.link'), '/body/note': t('quality.error.note') }}
      whyNot={isIncomplete ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (link !== '')
          save.mutate({
            params: { id: error.row.id },
            body: { link, handling: handling === '' ? 'none' : handling, note: note.trim() },
          })
      }}
    >
      <Select
        label={t('quality.error.link')}
        required
        value={link}
        onChange={setLink}
        error={errorAt('/body/link')}
        options={links.map((value) => ({
          value,
          label: [t(`quality.error.links.${value}`), handOf(value)].filter(Boolean).join(' · '),
        }))}
      />
      {isSource ? null : (
        <Select
          label={t('quality.error.handling')}
          required
          value={handling}
          onChange={setHandling}
          options={ERROR_HANDLINGS.map((value) => ({ value, label: t(`quality.error.handlings.${value}`) }))}
        />
      )}
      <TextArea label={t('quality.error.note')} required rows={3} maxLength={500} value={note} onChange={setNote} />
    </FormDialog>
  )
}

export function AnswerDialog({ error, onClose, isAppeal }: Props & { isAppeal: boolean }) {
  const { t } = useTranslation()
  const save = useWrite(answerMemberError, useDone(onClose))
  const verb = t(isAppeal ? 'quality.error.act.appeal' : 'quality.error.act.answer')
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={verb}
      verb={verb}
      reasonLabel={t('quality.error.text')}
      isBusy={save.isPending}
      error={save.error}
      onConfirm={(text) => save.mutate({ params: { id: error.row.id }, body: { text, appeal: isAppeal } })}
    >
      <p>{t(isAppeal ? 'quality.error.appealLead' : 'quality.error.answerLead')}</p>
    </ConfirmDialog>
  )
}

export function DecisionDialog({ error, onClose }: Props) {
  const { t } = useTranslation()
  const [upheld, setUpheld] = useState<'true' | 'false' | ''>('')
  const [reason, setReason] = useState('')
  const save = useWrite(decideErrorAppeal, useDone(onClose))
  return (
    <FormDialog
      title={t('quality.error.act.decide')}
      verb={t('quality.error.act.decide')}
      lead={t('quality.error.decideLead')}
      whyNot={upheld === '' || reason.trim().length < 2 ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ params: { id: error.row.id }, body: { upheld: upheld === 'true', reason: reason.trim() } })
      }
    >
      <Select
        label={t('quality.error.decision')}
        required
        value={upheld}
        onChange={setUpheld}
        options={[
          { value: 'true', label: t('quality.error.step.upheld') },
          { value: 'false', label: t('quality.error.step.rejected') },
        ]}
      />
      <TextArea label={t('members.reason')} required rows={3} maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

export function CloseDialog({ error, onClose, outcome }: Props & { outcome: 'mended' | 'unfounded' }) {
  const { t } = useTranslation()
  const save = useWrite(closeMemberError, useDone(onClose))
  const verb = t(outcome === 'mended' ? 'quality.error.act.close' : 'quality.error.act.dismiss')
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={verb}
      verb={verb}
      reasonLabel={t('members.reason')}
      isBusy={save.isPending}
      error={save.error}
      onConfirm={(reason) => save.mutate({ params: { id: error.row.id }, body: { outcome, reason } })}
    >
      <p>{t(`quality.error.${outcome}Lead`)}</p>
    </ConfirmDialog>
  )
}
