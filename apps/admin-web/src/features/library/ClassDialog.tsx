import { useWrite } from '@tongxin/client/use-write'
import { addLibraryClass, changeLibraryClass, closeLibraryClass } from '@tongxin/contract/library.keeping'
import type { LibraryClass } from '@tongxin/contract/library.words'
import { TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

/** A new class, below the chosen one if there is one; or name and place of a class, and its end. */
export function ClassDialog(props: {
  one: LibraryClass | null
  parent: LibraryClass | null
  onClosed: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { one, parent, onClose } = props
  const [name, setName] = useState(one?.name ?? '')
  const [position, setPosition] = useState(String(one?.position ?? 0))
  const [orgId, setOrgId] = useState('')
  const add = useWrite(addLibraryClass, useDone(onClose))
  const change = useWrite(changeLibraryClass, useDone(onClose))
  const close = useWrite(
    closeLibraryClass,
    useDone(() => {
      props.onClosed()
      onClose()
    }),
  )
  const error = one ? change.error : add.error
  const errorAt = useFieldErrors(error)
  const isReady = name.trim() !== '' && /^\d{1,3}$/.test(position) && (one !== null || orgId !== '')
  const words = { name, position: Number(position) }
  const submit = () => {
    if (one) change.mutate({ params: { id: one.id }, body: words })
    else add.mutate({ body: { ...words, orgId, parentId: parent?.id ?? null } })
  }
  return (
    <FormDialog
      title={t(one ? 'library.changeClass' : 'library.addClass')}
      verb={t('library.save')}
      lead={one ? null : t(parent ? 'library.addBelow' : 'library.addTop', { name: parent?.name ?? '' })}
      labels={{ '/body/name': t('library.className'), '/body/orgId': t('library.unit') }}
      whyNot={isReady ? undefined : t('library.fillFirst')}
      isBusy={add.isPending || change.isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameAndPlace {...{ name, setName, position, setPosition }} error={errorAt('/body/name')} />
      {one ? null : <OrgPicker label={t('library.unit')} required value={orgId} onChange={setOrgId} />}
      {one ? (
        <AskedAct
          verb={t('library.closeClass')}
          lead={t('library.closeClassLead')}
          reasonLabel={t('library.reason')}
          isDanger
          save={close}
          input={(reason) => ({ params: { id: one.id }, body: { reason } })}
        />
      ) : null}
    </FormDialog>
  )
}

function NameAndPlace(props: {
  name: string
  setName: (name: string) => void
  position: string
  setPosition: (position: string) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('library.className')}
        required
        maxLength={40}
        value={props.name}
        onChange={props.setName}
        error={props.error}
      />
      <TextInput
        label={t('library.position')}
        help={t('library.positionHelp')}
        inputMode="numeric"
        maxLength={3}
        value={props.position}
        onChange={props.setPosition}
      />
    </>
  )
}
