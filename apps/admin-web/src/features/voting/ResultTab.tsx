import { useMutation } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import { printVote, readBoardFile, type VoteRecord } from '@tongxin/contract/voting'
import { recountVote } from '@tongxin/contract/voting.count'
import { BOARD_FILES, type BoardFile, type VoteOutcome } from '@tongxin/contract/voting.words'
import { Button, Lamp, RefusalText, say } from '@tongxin/ui'
import { Download, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { QuestionResult } from './QuestionResult.tsx'
import { ALL_VOTING } from './voting.api.ts'

/** The result with its rule and denominator, and what lets anybody check it. */
export function ResultTab({ vote }: { vote: VoteRecord }) {
  const { t, i18n } = useTranslation()
  const recount = useWrite(recountVote, {
    refreshes: ALL_VOTING,
    onDone: ({ same }) => say(t(same ? 'voting.recountSame' : 'voting.recountOther')),
  })
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const print = useMutation({
    mutationFn: (format: 'pdf' | 'docx') =>
      download(printVote, { params: { id: vote.id }, body: { format, language } }),
  })
  const { outcome } = vote
  if (outcome === null) return null
  return (
    <div className="vote-result">
      <div className="page-acts no-print">
        {(['pdf', 'docx'] as const).map((format) => (
          <Button
            key={format}
            icon={<Printer size="1.1em" aria-hidden="true" />}
            isBusy={print.isPending && print.variables === format}
            onClick={() => print.mutate(format)}
          >
            {t(`voting.print.${format}`)}
          </Button>
        ))}
        {vote.can.recount ? (
          <Button isBusy={recount.isPending} onClick={() => recount.mutate({ params: { id: vote.id }, body: {} })}>
            {t('voting.recount')}
          </Button>
        ) : null}
      </div>
      <RefusalText error={recount.error ?? print.error} />
      {recount.data ? (
        <p>
          <Lamp state={recount.data.same ? 'ok' : 'late'}>
            {t(recount.data.same ? 'voting.recountSame' : 'voting.recountOther')}
          </Lamp>
        </p>
      ) : null}
      <p>{t('voting.presentOf', { present: outcome.present, should: outcome.shouldAttend })}</p>
      {vote.questions.map((question) => (
        <QuestionResult key={question.id} question={question} outcome={outcome} />
      ))}
      {outcome.board ? <Board vote={vote} board={outcome.board} /> : null}
    </div>
  )
}

/** Root of the board in words for the minutes, and the files from which strangers recount. */
function Board({ vote, board }: { vote: VoteRecord; board: NonNullable<VoteOutcome['board']> }) {
  const { t } = useTranslation()
  const take = useMutation({
    mutationFn: (file: BoardFile) => download(readBoardFile, { params: { id: vote.id, file } }),
  })
  return (
    <section className="vote-part" aria-labelledby="board">
      <h2 id="board">{t('voting.board')}</h2>
      <p className="vote-words">{board.words.join(' ')}</p>
      <p className="hint">{t('voting.boardHint', { size: board.size })}</p>
      <code className="vote-code">{board.root}</code>
      <h3>{t('voting.bundle')}</h3>
      <p className="hint">{t('voting.bundleHint')}</p>
      <div className="page-acts no-print vote-files">
        {BOARD_FILES.map((file) => (
          <Button
            key={file}
            icon={<Download size="1.1em" aria-hidden="true" />}
            isBusy={take.isPending && take.variables === file}
            onClick={() => take.mutate(file)}
          >
            {file}
          </Button>
        ))}
      </div>
      <RefusalText error={take.error} />
    </section>
  )
}
