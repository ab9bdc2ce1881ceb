package page

// PasskeyIn is what the page to come in offers of passkeys.
type PasskeyIn struct{}

// OwnPasskeys are somebody's passkeys.
type OwnPasskeys struct{}
