import { postOf, useSession } from '@tongxin/client/session'
import { VIEW_SEEN_BY, type ViewSeenBy } from '@tongxin/contract/settings'
import { Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../FormDialog.tsx'

/** A name for the present filters, and who else finds them. A name of one's own is replaced, which is said first. */
export function SaveViewDialog(props: {
  taken: readonly string[]
  onSave: (name: string, seenBy: ViewSeenBy) => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const post = postOf(useSession())
  const [name, setName] = useState('')
  const [seenBy, setSeenBy] = useState<ViewSeenBy>('me')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    void props
      .onSave(name.trim(), seenBy)
      .then(props.onClose, setError)
      .finally(() => setBusy(false))
  }
  return (
    <FormDialog
      title={t('shared.saveFilters')}
      verb={t('shared.save')}
      whyNot={name.trim() === '' ? t('shared.nameFirst') : undefined}
      isBusy={isBusy}
      error={error}
      onSubmit={save}
      onClose={props.onClose}
    >
      <TextInput
        label={t('shared.name')}
        value={name}
        maxLength={40}
        onChange={setName}
        required
        help={props.taken.includes(name.trim()) ? t('shared.views.replaces') : undefined}
      />
      <Select
        label={t('shared.views.seenBy')}
        value={seenBy}
        options={VIEW_SEEN_BY.map((value) => ({
          value,
          label: t(`shared.views.seen.${value}`, { org: post?.orgName ?? '' }),
        }))}
        onChange={(value) => setSeenBy(value as ViewSeenBy)}
      />
    </FormDialog>
  )
}
