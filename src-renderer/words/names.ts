const otherDirection = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** A name inside a sentence made of text: one written from right to left, or with hidden marks, must not turn the words around it. */
export const nameInSentence = (name: string): string => (otherDirection.test(name) ? `\u2068${name}\u2069` : name)
