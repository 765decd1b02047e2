import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import { type Outlet, setOutletMenu, switchOutlet, testOutlet } from '@tongxin/contract/channels'
import { OUTLET_FIELDS, REACH_OF } from '@tongxin/contract/channels.kinds'
import { Button, ConfirmDialog, dateOf, say, TextInput } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { CHANNELS } from './channels.api.ts'
import { useErrorWords } from './words.ts'

type Open = 'test' | 'remove' | null

/** One way out: what is set, how it went, and what can be done with it. */
export function OutletBody({ outlet, onChange }: { outlet: Outlet; onChange: () => void }) {
  const { t } = useTranslation()
  const can = useCan()
  const say1 = useErrorWords()
  const [open, setOpen] = useState<Open>(null)
  const write = can('settings.write')
  const switching = useWrite(switchOutlet, {
    refreshes: [CHANNELS],
    onDone: ({ state }) => {
      setOpen(null)
      say(t(`channels.switched.${state}`))
    },
  })
  const menu = useWrite(setOutletMenu, {
    refreshes: [CHANNELS],
    onDone: ({ error }) => say(error ? say1(error) : t('channels.menuSet')),
  })
  const turn = (state: 'on' | 'off' | 'removed') => switching.mutate({ params: { id: outlet.id }, body: { state } })
  const isOn = outlet.state === 'on'
  return (
    <>
      <Facts facts={factsOf(outlet, t, say1)} />
      <div className="page-acts">
        <Button kind="primary" {...write} onClick={() => setOpen('test')}>
          {t('channels.test')}
        </Button>
        <Button {...write} isBusy={switching.isPending} onClick={() => turn(isOn ? 'off' : 'on')}>
          {t(isOn ? 'channels.turnOff' : 'channels.turnOn')}
        </Button>
        <Button {...write} onClick={onChange}>
          {t('channels.change')}
        </Button>
        {outlet.kind === 'wechat' ? (
          <Button
            {...write}
            isBusy={menu.isPending}
            onClick={() => menu.mutate({ params: { id: outlet.id }, body: {} })}
          >
            {t('channels.setMenu')}
          </Button>
        ) : null}
        <Button kind="danger" {...write} onClick={() => setOpen('remove')}>
          {t('channels.remove')}
        </Button>
      </div>
      {open === 'test' ? <TestDialog outlet={outlet} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={() => setOpen(null)}
        title={t('channels.removeTitle', { name: outlet.name })}
        verb={t('channels.remove')}
        isDanger
        isBusy={switching.isPending}
        error={switching.error}
        onConfirm={() => turn('removed')}
      >
        {t('channels.removeWhat')}
      </ConfirmDialog>
    </>
  )
}

function factsOf(outlet: Outlet, t: TFunction, errorWords: (error: string) => string) {
  const fields = OUTLET_FIELDS[outlet.kind]
  const said = (value: string | undefined, isChoice: boolean) =>
    value ? (isChoice ? t(`channels.options.${value}`) : value) : t('channels.notSet')
  return [
    { label: t('channels.kind'), value: t(`channels.kinds.${outlet.kind}`) },
    { label: t('channels.org'), value: outlet.orgName },
    { label: t('channels.lastSent'), value: outlet.lastSentAt ? inShanghai(outlet.lastSentAt) : t('channels.never') },
    ...(outlet.lastError && outlet.lastErrorAt
      ? [{ label: t('channels.lastError'), value: `${inShanghai(outlet.lastErrorAt)} ${errorWords(outlet.lastError)}` }]
      : []),
    ...(outlet.callback
      ? [{ label: t('channels.callback'), value: <code>{`${location.origin}${outlet.callback}`}</code> }]
      : []),
    ...fields.map(({ name, isSecret, kind }) => {
      const since = outlet.secrets[name]
      return {
        label: t(`channels.fields.${name}`),
        value: isSecret
          ? since
            ? t('channels.secretSince', { date: dateOf(since) })
            : t('channels.notSet')
          : said(outlet.settings[name], kind === 'choice'),
      }
    }),
  ]
}

/** Sends one message now; the answer of the other side stands in the dialog. */
function TestDialog({ outlet, onClose }: { outlet: Outlet; onClose: () => void }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const [to, setTo] = useState('')
  const testing = useWrite(testOutlet, { refreshes: [CHANNELS] })
  const reach = REACH_OF[outlet.kind]
  const isAddressed = reach === 'mail' || reach === 'sms'
  const result = testing.data
  return (
    <FormDialog
      title={t('channels.testTitle', { name: outlet.name })}
      verb={t('channels.testNow')}
      lead={t(reach === 'group' ? 'channels.testGroup' : 'channels.testPerson')}
      labels={{ '/body/to': t('channels.testTo') }}
      isBusy={testing.isPending}
      error={testing.error}
      onSubmit={() => testing.mutate({ params: { id: outlet.id }, body: to.trim() ? { to: to.trim() } : {} })}
      onClose={onClose}
    >
      {isAddressed ? (
        <TextInput
          label={t('channels.testTo')}
          help={t('channels.testToHelp')}
          value={to}
          onChange={setTo}
          maxLength={254}
        />
      ) : null}
      {result ? (
        <p role="status">
          {result.error ? t('channels.testFailed', { why: errorWords(result.error) }) : t('channels.testSent')}
        </p>
      ) : null}
    </FormDialog>
  )
}
