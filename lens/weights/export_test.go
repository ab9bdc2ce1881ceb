package weights

// Reread decodes the weights in the program again.
func Reread() error {
	_, err := Decode(file)
	return err
}

// File gives the weights in the program.
func File() []byte { return file }
