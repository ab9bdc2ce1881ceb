package figure

// quietZone is the white around a QR code that a camera needs, in modules.
const quietZone = 4

// QR draws a QR code of size modules from side to side. It is black on white
// wherever it stands, on a dark page as well: not every telephone reads it the
// other way round.
func QR(id string, size int, black func(x, y int) bool, say Say) []byte {
	var d drawing
	whole := float64(size + 2*quietZone)
	d.open("qr", id, rectangle{-quietZone, -quietZone, whole, whole}, say("qr.title"), say("qr.desc"))
	d.printf(`<path fill="#fff" d="M-%d-%dh%dv%dh-%dz"/>`, quietZone, quietZone, int(whole), int(whole), int(whole))
	d.printf(`<path fill="#000" shape-rendering="crispEdges" d="`)
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && black(x+run, y) {
				run++
			}
			if run > 0 {
				d.printf("M%d %dh%dv1h-%dz", x, y, run, run)
				x += run
			}
		}
	}
	d.printf(`"/>`)
	return d.close()
}
