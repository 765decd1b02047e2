import { useWrite } from '@tongxin/client/use-write'
import { announceOut, type Outlet } from '@tongxin/contract/channels'
import { say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { CHANNELS } from './channels.api.ts'

/** Says something in public: in groups, on Weibo, to programs. */
export function AnnounceDialog({ outlets, onClose }: { outlets: readonly Outlet[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(outlets.map(({ id }) => id))
  const announcing = useWrite(announceOut, {
    refreshes: [CHANNELS],
    onDone: ({ messages }) => {
      say(t('channels.announced', { count: messages }))
      onClose()
    },
  })
  const isReady = title.trim().length >= 2 && chosen.length > 0
  return (
    <FormDialog
      title={t('channels.announce')}
      verb={t('channels.announceNow')}
      lead={t('channels.announceLead')}
      labels={{ '/body/title': t('channels.announceTitle'), '/body/text': t('channels.announceText') }}
      whyNot={isReady ? undefined : t('channels.fillFirst')}
      isBusy={announcing.isPending}
      error={announcing.error}
      onSubmit={() => announcing.mutate({ body: { title: title.trim(), text: text.trim(), outletIds: [...chosen] } })}
      onClose={onClose}
    >
      <TextInput label={t('channels.announceTitle')} required maxLength={60} value={title} onChange={setTitle} />
      <TextArea label={t('channels.announceText')} maxLength={500} value={text} onChange={setText} />
      <fieldset className="channels-choices">
        <legend>{t('channels.announceWhere')}</legend>
        {outlets.map(({ id, name }) => (
          <label key={id} className="tick">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}
