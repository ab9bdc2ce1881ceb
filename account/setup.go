package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samenspel"
)

// ErrLastWay answers who would take away the last way in of their own while
// they may not be without.
var ErrLastWay = errors.New("account: this is the last way in of somebody's own")

// credentialForm is what is set up, on its way between two steps.
type credentialForm struct {
	Name   Hash   `json:"n"`
	Salt   []byte `json:"s"`
	Hash   Hash   `json:"h"`
	Cost   Cost   `json:"c"`
	Factor []byte `json:"f"`
}

// Setup is what somebody needs to set up a second factor.
type Setup struct {
	Step    string // for [Door.SetUp]
	Secret  string // for an app, to type over
	Address string // the same, for a QR code: on no link
}

// Propose looks at a sign-in name and a password that somebody chooses, and
// draws a second factor for them. Nothing is kept yet. It gives [Weak] or
// [ErrTaken] for what cannot be. Place is what this place is called.
func (d *Door) Propose(ctx context.Context, person samenspel.PersonID, name, password, place string) (Setup, error) {
	spelledName, err := signName(name)
	if err != nil {
		return Setup{}, err
	}
	if err := checkPassword(password, spelledName, "samenspel", place); err != nil {
		return Setup{}, err
	}
	f := credentialForm{Name: d.nameMark(spelledName), Salt: draw(saltLen), Cost: ordinary, Factor: draw(factorBytes)}
	switch other, err := d.Credentials.CredentialOf(ctx, f.Name); {
	case err == nil && other.Person != person:
		return Setup{}, ErrTaken
	case err != nil && !errors.Is(err, ErrNoEntry):
		return Setup{}, err
	}
	text, _ := spelled(password) // it was checked
	if f.Hash, err = d.Stretcher.Stretch(ctx, []byte(text), f.Salt, f.Cost); err != nil {
		return Setup{}, err
	}
	step, err := d.give(settingUp, ticket{Person: person, New: &f})
	if err != nil {
		return Setup{}, err
	}
	return f.setup(step, place)
}

func (f credentialForm) setup(step, place string) (Setup, error) {
	address, err := factorAddress(f.Factor, place)
	return Setup{Step: step, Secret: factorForm.EncodeToString(f.Factor), Address: address}, err
}

// Proposed shows again what was proposed, for who typed a wrong code.
func (d *Door) Proposed(person samenspel.PersonID, step, place string) (Setup, error) {
	t, _, err := d.take(settingUp, step)
	if err != nil || t.Person != person || t.New == nil {
		return Setup{}, ErrStep
	}
	return t.New.setup(step, place)
}

// SetUp keeps what was proposed once somebody shows that their app gives the
// right codes, and starts a new session that is strong. The recovery codes
// cannot be had again. It gives [ErrNoEntry] for a wrong code, and [ErrStep]
// when it is to begin anew.
func (d *Door) SetUp(ctx context.Context, person samenspel.PersonID, step, code string, how How) (recovery []string, token string, s Session, err error) {
	t, once, err := d.take(settingUp, step)
	if err != nil || t.Person != person || t.New == nil {
		return nil, "", Session{}, ErrStep
	}
	number, ok, err := matching(t.New.Factor, plainCode(code), 0, d.now())
	if err == nil && !ok {
		err = ErrNoEntry
	}
	if err != nil {
		return nil, "", Session{}, err
	}
	factor, err := d.Sealer.Seal(SealOfFactor(person), t.New.Factor)
	if err != nil {
		return nil, "", Session{}, fmt.Errorf("account: seal a second factor: %w", err)
	}
	how.By = ByPassword
	token, a, err := d.arrival(ctx, Person{ID: person}, how)
	if err != nil {
		return nil, "", Session{}, err
	}
	recovery, kept := d.newRecovery(person)
	c := Credential{
		Person: person, Name: t.New.Name, Salt: t.New.Salt, Hash: t.New.Hash, Cost: t.New.Cost,
		Factor: factor, Step: number, Made: a.Session.Made,
	}
	err = d.Credentials.KeepCredential(ctx, c, kept, once, a)
	if errors.Is(err, ErrNoEntry) {
		err = ErrStep // taken before
	}
	if err != nil {
		return nil, "", Session{}, err
	}
	return recovery, token, a.Session, nil
}

// NewRecovery makes recovery codes in the place of all that are left.
func (d *Door) NewRecovery(ctx context.Context, person samenspel.PersonID) ([]string, error) {
	codes, kept := d.newRecovery(person)
	return codes, d.Credentials.KeepRecovery(ctx, person, kept)
}

// Password tells since when somebody has a password and how many recovery
// codes are left, or gives [ErrNoEntry].
func (d *Door) Password(ctx context.Context, person samenspel.PersonID) (since time.Time, left int, err error) {
	c, err := d.Credentials.Credential(ctx, person)
	return c.Made, c.Left, err
}

// IsPassword looks whether this is somebody's password now. A wrong one counts
// as a try to sign in: it gives [ErrNoEntry], and a [TooSoonError].
func (d *Door) IsPassword(ctx context.Context, person samenspel.PersonID, password string) error {
	c, err := d.Credentials.Credential(ctx, person)
	if err != nil {
		return err
	}
	if err := d.try(ctx, c.Name); err != nil {
		return err
	}
	text, fits := spelled(password)
	if !fits {
		return ErrNoEntry
	}
	hash, err := d.Stretcher.Stretch(ctx, []byte(text), c.Salt, c.Cost)
	if err != nil { // it was not looked at: no try
		return errors.Join(err, d.Credentials.ForgiveName(context.WithoutCancel(ctx), c.Name))
	}
	if !equal(hash, c.Hash) {
		return ErrNoEntry
	}
	return d.Credentials.ForgiveName(ctx, c.Name)
}

// DropPassword takes a password away. It gives [ErrLastWay] as
// [Door.MayDrop] does.
func (d *Door) DropPassword(ctx context.Context, person samenspel.PersonID) error {
	if _, err := d.Credentials.Credential(ctx, person); err != nil {
		return err
	}
	if err := d.MayDrop(ctx, person); err != nil {
		return err
	}
	return d.Credentials.DropCredential(ctx, person)
}
