import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { ScreenProps } from '@tongxin/client/screen'
import { postOf, useSession } from '@tongxin/client/session'
import type { Reply } from '@tongxin/contract/endpoint'
import { downloadQuestionTemplate, importQuestions } from '@tongxin/contract/exams'
import { DIFFICULTIES, type Difficulty } from '@tongxin/contract/exams.words'
import { Button, Field, RefusalText, Select, say, TextInput } from '@tongxin/ui'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FileChoice } from '../../shared/upload/FileChoice.tsx'
import { ALL_EXAMS } from './exams.api.ts'
import { QuestionBodyView } from './QuestionView.tsx'
import { useChoices } from './words.tsx'
import './exams.css'

type Checked = Reply<typeof importQuestions>
type Asking = { readonly file: File; readonly topic: string; readonly difficulty: Difficulty }

/** Sends the file once to be checked, and again to be written. */
function useImport() {
  const client = useQueryClient()
  const post = postOf(useSession())
  const [checked, setChecked] = useState<Checked | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const send = async (mode: 'check' | 'write', { file, topic, difficulty }: Asking): Promise<Checked | null> => {
    setBusy(true)
    setError(null)
    try {
      const more = topic.trim() === '' ? {} : { topic: topic.trim() }
      const query = { fileName: file.name, mode, orgId: post?.orgId ?? '', difficulty, ...more }
      const reply = await call(importQuestions, { query, file })
      setChecked(reply)
      if (mode === 'write') await Promise.all(ALL_EXAMS.map((queryKey) => client.invalidateQueries({ queryKey })))
      return reply
    } catch (failure) {
      setError(failure)
      setChecked(null)
      return null
    } finally {
      setBusy(false)
    }
  }
  return { checked, error, isBusy, send, forget: () => setChecked(null) }
}

/** Questions from XLSX, GIFT or QTI: choose, look at what was found, write the good ones as drafts. */
export function Page(_: ScreenProps) {
  const { t, i18n } = useTranslation()
  const router = useRouter()
  const choices = useChoices()
  const [file, setFile] = useState<File | null>(null)
  const [topic, setTopic] = useState('')
  const [difficulty, setDifficulty] = useState<Difficulty>('medium')
  const { checked, error, isBusy, send, forget } = useImport()
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const write = async () => {
    const done = file && (await send('write', { file, topic, difficulty }))
    if (!done) return
    say(t('exams.imported', { count: done.written }))
    void router.navigate({ to: paths.exams.questions(), search: { state: 'draft' } as never })
  }
  return (
    <div className="page narrow">
      <title>{`${t('exams.import')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('exams.import')}</h1>
        <Button onClick={() => void download(downloadQuestionTemplate, { query: { language } })}>
          {t('exams.template')}
        </Button>
      </header>
      <section className="panel form" aria-label={t('exams.import')}>
        <p className="hint">{t('exams.importLead')}</p>
        <RefusalText error={error} />
        <QuestionFile
          file={file}
          onFile={(chosen) => {
            setFile(chosen)
            forget()
          }}
        />
        <TextInput
          label={t('exams.wholeTopic')}
          help={t('exams.wholeTopicHelp')}
          maxLength={60}
          value={topic}
          onChange={setTopic}
        />
        <Select
          label={t('exams.wholeDifficulty')}
          value={difficulty}
          options={choices(DIFFICULTIES, 'difficulty')}
          onChange={(value) => value && setDifficulty(value)}
        />
        <footer className="tx-acts">
          <Button onClick={() => router.history.back()}>{t('ui.back')}</Button>
          <Button
            kind={checked ? 'plain' : 'primary'}
            isBusy={isBusy && !checked}
            whyNot={file ? undefined : t('exams.fileFirst')}
            onClick={() => file && void send('check', { file, topic, difficulty })}
          >
            {t('exams.check')}
          </Button>
          {checked ? (
            <Button
              kind="primary"
              isBusy={isBusy}
              whyNot={checked.good > 0 ? undefined : t('exams.nothingGood')}
              onClick={() => void write()}
            >
              {t('exams.write', { count: checked.good })}
            </Button>
          ) : null}
        </footer>
      </section>
      {checked ? <Found checked={checked} /> : null}
    </div>
  )
}

function QuestionFile({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('exams.file')} required>
      {({ id }) => (
        <div id={id}>
          <FileChoice
            label={t('exams.file')}
            hint={t('exams.fileFirst')}
            accept=".xlsx,.csv,.txt,.gift,.xml,.zip"
            icon={<FileUp aria-hidden="true" />}
            file={file}
            onFile={onFile}
            sent={null}
            onStop={() => undefined}
          />
        </div>
      )}
    </Field>
  )
}

function Found({ checked }: { checked: Checked }) {
  const { t } = useTranslation()
  return (
    <section className="panel exam-found" aria-label={t('exams.found')}>
      <p role="status">
        {t('exams.foundLine', { good: checked.good, repeated: checked.repeated, faults: checked.faults.length })}
      </p>
      {checked.faults.length > 0 ? (
        <table className="exam-table">
          <thead>
            <tr>
              <th>{t('exams.faultPlace')}</th>
              <th>{t('exams.faultWhat')}</th>
              <th>{t('exams.stem')}</th>
            </tr>
          </thead>
          <tbody>
            {checked.faults.map((one) => (
              <tr key={`${one.place}-${one.code}`}>
                <td>{one.place}</td>
                <td>{t(`words.exams.fault.${one.code}`)}</td>
                <td>{one.excerpt}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {checked.shown.map((draft) => (
        <article key={draft.body.stem} className="exam-shown">
          <p className="hint">
            {t(`words.exams.kind.${draft.kind}`)} · {t(`words.exams.difficulty.${draft.difficulty}`)} · {draft.topic}
          </p>
          <QuestionBodyView draft={draft} />
        </article>
      ))}
    </section>
  )
}
