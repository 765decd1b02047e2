import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { pairSet } from '@tongxin/contract/television.sets'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Camera } from './Camera.tsx'
import { pairingCodeOf } from './television.api.ts'
import './television.css'

/** Pairs the set that one stands before: its code is scanned or typed, the set is named, and it shows its programmes. */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const orgName = postOf(useSession())?.orgName ?? ''
  const { whyNot } = useCan()('television.write')
  const [code, setCode] = useState(search.c ?? '')
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [paired, setPaired] = useState('')
  const pair = useWrite(pairSet, {
    refreshes: [['television']],
    onDone: () => {
      setPaired(name.trim())
      for (const empty of [setCode, setName, setPlace]) empty('')
    },
  })
  const missing = code.trim().length < 6 ? t('television.codeFirst') : undefined
  const unnamed = name.trim().length < 2 ? t('television.nameFirst') : undefined
  const send = () => {
    const body = { code: code.trim(), name: name.trim(), ...(place.trim() ? { place: place.trim() } : {}) }
    pair.mutate({ body })
  }
  return (
    <PageFrame
      title={t('television.pair')}
      primary={
        <Button kind="primary" wide isBusy={pair.isPending} whyNot={whyNot ?? missing ?? unnamed} onClick={send}>
          {t('television.pairVerb')}
        </Button>
      }
    >
      {paired ? (
        <p className="card television-done" role="status">
          {t('television.paired', { name: paired })}
        </p>
      ) : null}
      <section className="card">
        <p className="hint">{t('television.pairLead', { address: `${location.origin}/tv/`, orgName })}</p>
        <RefusalText
          error={pair.error}
          labels={{ '/body/code': t('television.pairCode'), '/body/name': t('television.setName') }}
        />
        <Camera verb={t('television.pairScan')} reading={pairingCodeOf} onRead={setCode} />
        <TextInput
          label={t('television.pairCode')}
          help={t('television.pairCodeHelp')}
          required
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          value={code}
          onChange={(text) => setCode(text.toUpperCase())}
        />
        <TextInput
          label={t('television.setName')}
          help={t('television.setNameHelp')}
          required
          maxLength={60}
          value={name}
          onChange={setName}
        />
        <TextInput label={t('television.place')} maxLength={120} value={place} onChange={setPlace} />
      </section>
    </PageFrame>
  )
}
