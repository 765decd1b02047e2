import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type VerifiedTranscript, verifyTranscript } from '@tongxin/contract/credits.own'
import { hoursText } from '@tongxin/domain/learning/hours'
import { dateOf, Lamp } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeForm, isWholeCode, lettersIn } from '../../shared/CodeForm.tsx'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { FileCheck } from './FileCheck.tsx'
import './credits.css'

/** For anyone, without an account: whether a transcript is ours, what it says, and whether a file was altered. */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState(search.c ?? '')
  const look = useWrite(verifyTranscript)
  const given = useRef(lettersIn(search.c ?? ''))
  const { mutate } = look
  useEffect(() => {
    // A scanned code is looked up at once; clearing it keeps React's second effect of development from asking twice.
    const scanned = given.current
    given.current = ''
    if (isWholeCode(scanned)) mutate({ body: { code: scanned } })
  }, [mutate])
  return (
    <OutsideFrame title={t('credits.verify')} lead={t('credits.verifyLead')}>
      {look.data ? <Verified one={look.data} /> : null}
      <CodeForm
        words={{
          label: t('credits.code'),
          help: t('credits.codeHelp'),
          verb: t('credits.lookUp'),
          codeFirst: t('credits.codeFirst'),
        }}
        code={code}
        onChange={setCode}
        isBusy={look.isPending}
        error={look.error}
        isAgain={look.data !== undefined}
        onSubmit={(typed) => look.mutate({ body: { code: typed } })}
      />
    </OutsideFrame>
  )
}

function Verified({ one }: { one: VerifiedTranscript }) {
  const { t } = useTranslation()
  const rows = [
    [t('credits.holder'), one.name],
    [t('credits.issuerOf'), one.issuer],
    [t('credits.year'), String(one.year)],
    [t('credits.earned'), hoursText(one.hundredths)],
    [t('credits.asked'), one.target === null ? t('credits.noneAsked') : hoursText(one.target)],
    [t('credits.standing'), t(`words.credits.standing.${one.standing}`)],
    [t('credits.issuedAt'), dateOf(one.issuedAt)],
  ] as const
  return (
    <section className="credits-verified" aria-live="polite">
      <Lamp state={one.isSuperseded ? 'warn' : 'ok'}>
        {t(one.isSuperseded ? 'credits.supersededLong' : 'credits.genuine')}
      </Lamp>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <FileCheck sha256={one.sha256} />
      <details>
        <summary>{t('credits.signature')}</summary>
        <p className="hint">{t('credits.signatureHint')}</p>
        <pre>{one.signedText}</pre>
        <pre>{one.signature}</pre>
        <pre>{one.publicKey}</pre>
      </details>
    </section>
  )
}
