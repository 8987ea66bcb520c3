import type { StatementSource } from '../statements'

export type DraftInHand = { readonly draftId: string; readonly since: number }

/** Which drafts are open in an editor: what is still marked when a mailbox opens was left open by a crash. */
export const draftsInHandTable = (connection: StatementSource) => {
  const take = connection.prepare('INSERT INTO draft_in_hand (draft_id, since) VALUES (?, ?) ON CONFLICT (draft_id) DO NOTHING')
  const putDown = connection.prepare('DELETE FROM draft_in_hand WHERE draft_id = ? AND left_open = 0')
  const putDownAll = connection.prepare('DELETE FROM draft_in_hand WHERE left_open = 0')
  const leave = connection.prepare('UPDATE draft_in_hand SET left_open = 1')
  const left = connection.prepare(`SELECT h.draft_id AS draftId, h.since FROM draft_in_hand h JOIN draft d ON d.id = h.draft_id
    WHERE h.left_open = 1 AND d.state = 'open' ORDER BY h.since DESC`)
  const forget = connection.prepare('DELETE FROM draft_in_hand WHERE left_open = 1')
  return {
    take: (draftId: string, at: number): void => {
      take.run(draftId, at)
    },
    putDown: (draftId: string): void => {
      putDown.run(draftId)
    },
    putDownAll: (): void => {
      putDownAll.run()
    },
    /** Everything in hand was open when Epistle ended. */
    markLeftOpen: (): void => {
      leave.run()
    },
    leftOpen: (): readonly DraftInHand[] => left.all() as DraftInHand[],
    forgetLeftOpen: (): void => {
      forget.run()
    }
  }
}
