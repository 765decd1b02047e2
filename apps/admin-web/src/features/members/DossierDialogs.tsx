import { useWrite } from '@tongxin/client/use-write'
import {
  addDossierPaper,
  type Dossier,
  type DossierPaper,
  PAPER_FORMS,
  removeDossierPaper,
  setDossierPlace,
} from '@tongxin/contract/members.dossier'
import { DOSSIER_DOCUMENTS, type DossierDocument } from '@tongxin/domain/members/dossier'
import { ConfirmDialog, DateInput, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { dossierKey } from './dossier.api.ts'
import { useMemberWords } from './use-member-words.ts'

/** Says that it is saved, and closes. */
export function useSaved(onClose: () => void): () => void {
  const { t } = useTranslation()
  return () => {
    say(t('members.dossier.saved'))
    onClose()
  }
}

export function PlaceDialog(props: { id: string; folder: Dossier['folder']; onClose: () => void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState({
    place: props.folder?.place ?? '',
    cabinet: props.folder?.cabinet ?? '',
    box: props.folder?.box ?? '',
    volume: props.folder?.volume ?? '',
  })
  const save = useWrite(setDossierPlace, {
    refreshes: [dossierKey(props.id)],
    onDone: useSaved(props.onClose),
  })
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('members.dossier.setPlace')}
      verb={t('members.dossier.save')}
      isBusy={save.isPending}
      error={save.error}
      whyNot={folder.place.trim() === '' ? t('members.dossier.placeFirst') : undefined}
      onClose={props.onClose}
      onSubmit={() => save.mutate({ params: { id: props.id }, body: folder })}
    >
      {(['place', 'cabinet', 'box', 'volume'] as const).map((part) => (
        <TextInput
          key={part}
          label={t(`members.dossier.folder.${part}`)}
          required={part === 'place'}
          maxLength={part === 'place' ? 100 : 40}
          value={folder[part]}
          error={errorAt(`/body/${part}`)}
          onChange={(value) => setFolder({ ...folder, [part]: value })}
        />
      ))}
    </FormDialog>
  )
}

/** A paper of the folder; what is missing stands first. */
export function PaperDialog(props: { id: string; missing: Dossier['missing']; onClose: () => void }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const order = [...props.missing, ...DOSSIER_DOCUMENTS.filter((one) => !props.missing.includes(one))]
  const [document, setDocument] = useState<DossierDocument>(order[0] ?? 'other')
  const [form, setForm] = useState<(typeof PAPER_FORMS)[number]>('original')
  const [title, setTitle] = useState('')
  const [on, setOn] = useState('')
  const [pages, setPages] = useState('')
  const save = useWrite(addDossierPaper, { refreshes: [dossierKey(props.id)], onDone: useSaved(props.onClose) })
  const errorAt = useFieldErrors(save.error)
  const count = Number(pages)
  const body = { document, form, on: on || null, pages: count, ...(title.trim() ? { title: title.trim() } : {}) }
  return (
    <FormDialog
      title={t('members.dossier.addPaper')}
      verb={t('members.dossier.save')}
      isBusy={save.isPending}
      error={save.error}
      whyNot={Number.isInteger(count) && count > 0 ? undefined : t('members.dossier.pagesFirst')}
      onClose={props.onClose}
      onSubmit={() => save.mutate({ params: { id: props.id }, body })}
    >
      <Select
        label={t('members.dossier.document')}
        required
        value={document}
        options={order.map((value) => ({ value, label: word('dossierDocument', value) }))}
        onChange={(value) => setDocument(value as DossierDocument)}
      />
      <TextInput label={t('members.dossier.paperTitle')} value={title} maxLength={100} onChange={setTitle} />
      <DateInput label={t('members.dossier.paperOn')} value={on} onChange={setOn} error={errorAt('/body/on')} />
      <TextInput
        label={t('members.dossier.pages')}
        required
        inputMode="numeric"
        value={pages}
        maxLength={4}
        onChange={setPages}
        error={errorAt('/body/pages')}
      />
      <Select
        label={t('members.dossier.formLabel')}
        required
        value={form}
        options={PAPER_FORMS.map((value) => ({ value, label: t(`members.dossier.form.${value}`) }))}
        onChange={(value) => setForm(value as (typeof PAPER_FORMS)[number])}
      />
    </FormDialog>
  )
}

export function RemoveDialog(props: { id: string; paper: DossierPaper; onClose: () => void }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const remove = useWrite(removeDossierPaper, { refreshes: [dossierKey(props.id)], onDone: useSaved(props.onClose) })
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={t('members.dossier.removeTitle', { paper: word('dossierDocument', props.paper.document) })}
      verb={t('members.dossier.remove')}
      reasonLabel={t('members.reason')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={(reason) => remove.mutate({ params: { id: props.id, paperId: props.paper.id }, body: { reason } })}
    />
  )
}
