import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type ChannelRecord, changeChannel, endChannel, reopenChannel } from '@tongxin/contract/television'
import { Button, Lamp, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { ProgrammesTab } from './ProgrammesTab.tsx'
import { ScheduleTab } from './ScheduleTab.tsx'
import { channelQuery } from './television.api.ts'
import { useDone } from './use-done.ts'
import './television.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(channelQuery(params.id ?? ''))

/** One channel: its programmes in their order, and when they are broadcast. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: channel } = useSuspenseQuery(channelQuery(params.id ?? ''))
  const word = channel.isEnded ? t('television.ended') : t(`television.from.${channel.from}`)
  return (
    <RecordPage
      trail={[{ label: t('television.title'), path: paths.television.channels() }]}
      name={channel.name}
      state={<Lamp state={channel.isEnded ? 'idle' : channel.from === 'own' ? 'ok' : 'info'}>{word}</Lamp>}
      facts={[
        { label: t('television.org'), value: channel.orgName },
        { label: t('television.programmes'), value: channel.programmes },
        { label: t('television.about'), value: channel.about ?? '—' },
      ]}
      acts={channel.canWrite ? <Acts channel={channel} /> : null}
      tabs={[
        { key: 'programmes', label: t('television.programmes'), body: <ProgrammesTab channel={channel} /> },
        { key: 'schedule', label: t('television.schedule'), body: <ScheduleTab channel={channel} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

function Acts({ channel }: { channel: ChannelRecord }) {
  const { t } = useTranslation()
  const [isChanging, setChanging] = useState(false)
  const done = useDone()
  const end = useWrite(endChannel, done)
  const reopen = useWrite(reopenChannel, done)
  const params = { id: channel.id }
  if (channel.isEnded)
    return (
      <AskedAct
        verb={t('television.reopen')}
        lead={t('television.reopenLead')}
        save={reopen}
        input={() => ({ params, body: {} })}
      />
    )
  return (
    <>
      <Button onClick={() => setChanging(true)}>{t('television.change')}</Button>
      <AskedAct
        verb={t('television.endChannel')}
        lead={t('television.endChannelLead')}
        reasonLabel={t('television.reason')}
        isDanger
        save={end}
        input={(reason) => ({ params, body: { reason } })}
      />
      {isChanging ? <ChangeDialog channel={channel} onClose={() => setChanging(false)} /> : null}
    </>
  )
}

function ChangeDialog({ channel, onClose }: { channel: ChannelRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(channel.name)
  const [about, setAbout] = useState(channel.about ?? '')
  const change = useWrite(changeChannel, useDone(onClose))
  const body = { name, ...(about.trim() ? { about } : {}) }
  return (
    <FormDialog
      title={t('television.change')}
      verb={t('television.saveVerb')}
      labels={{ '/body/name': t('television.channel') }}
      whyNot={name.trim().length < 2 ? t('television.nameFirst') : undefined}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ params: { id: channel.id }, ifMatch: channel.version, body })}
      onClose={onClose}
    >
      <TextInput label={t('television.channel')} required maxLength={60} value={name} onChange={setName} />
      <TextArea label={t('television.about')} maxLength={300} value={about} onChange={setAbout} />
    </FormDialog>
  )
}
