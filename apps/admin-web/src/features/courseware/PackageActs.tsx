import { useWrite } from '@tongxin/client/use-write'
import { type PackageRecord, removePackage, renamePackage, restorePackage } from '@tongxin/contract/courseware'
import { Button, ConfirmDialog, RefusalText, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_PACKAGES } from './courseware.api.ts'
import { UploadDialog } from './UploadDialog.tsx'

type Open = 'rename' | 'renew' | 'remove' | null

/** What may be done with a package now; what may not says why. */
export function PackageActs({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const done = (key: string) => ({
    refreshes: [...ALL_PACKAGES],
    onDone: () => {
      close()
      say(t(`courseware.${key}`))
    },
  })
  const restore = useWrite(restorePackage, done('restored'))
  const remove = useWrite(removePackage, done('removed'))
  const at = { params: { id: one.id } }
  const mayNot = t(one.from === 'above' ? 'courseware.notOwn' : 'courseware.mayNot')
  if (one.removedAt !== null) {
    return (
      <>
        <RefusalText error={restore.error} />
        <Button
          kind="primary"
          whyNot={one.can.restore ? undefined : mayNot}
          isBusy={restore.isPending}
          onClick={() => restore.mutate({ ...at, body: {} })}
        >
          {t('courseware.restore')}
        </Button>
      </>
    )
  }
  const whyNot = one.can.change ? undefined : mayNot
  const used = one.usedIn.length > 0 ? t('courseware.isUsed', { count: one.usedIn.length }) : undefined
  return (
    <>
      <Button whyNot={whyNot ?? used} onClick={() => setOpen('remove')}>
        {t('courseware.remove')}
      </Button>
      <Button whyNot={whyNot} onClick={() => setOpen('rename')}>
        {t('courseware.rename')}
      </Button>
      <Button kind="primary" whyNot={whyNot} onClick={() => setOpen('renew')}>
        {t('courseware.renew')}
      </Button>
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={close}
        title={t('courseware.removeTitle')}
        verb={t('courseware.remove')}
        isDanger
        reasonLabel={t('courseware.reason')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={(reason) => remove.mutate({ ...at, body: { reason } })}
      >
        <p>{t('courseware.removeHint')}</p>
      </ConfirmDialog>
      {open === 'renew' ? <UploadDialog one={one} onClose={close} /> : null}
      {open === 'rename' ? <RenameDialog one={one} onClose={close} /> : null}
    </>
  )
}

function RenameDialog({ one, onClose }: { one: PackageRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(one.title)
  const rename = useWrite(renamePackage, {
    refreshes: [...ALL_PACKAGES],
    onDone: () => {
      say(t('courseware.renamed'))
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('courseware.rename')}
      verb={t('courseware.save')}
      whyNot={title.trim() === '' ? t('courseware.nameFirst') : undefined}
      isBusy={rename.isPending}
      error={rename.error}
      labels={{ '/body/title': t('courseware.name') }}
      onSubmit={() => rename.mutate({ params: { id: one.id }, ifMatch: one.version, body: { title: title.trim() } })}
      onClose={onClose}
    >
      <TextInput label={t('courseware.name')} required maxLength={200} value={title} onChange={setTitle} />
    </FormDialog>
  )
}
