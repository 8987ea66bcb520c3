/** The pages of a coordinator: who is there, the rules for passwords and locks, and what happens when a password is lost. */
export type CoordinatorPart = 'people' | 'rules' | 'lost'

export const partOf = (wanted: unknown): CoordinatorPart => (wanted === 'rules' || wanted === 'lost' ? wanted : 'people')
