filedesc://vexia.arc 0.0.0.0 20250601100528 text/plain 69
1 0 Invented
URL IP-address Archive-date Content-type Archive-length

dns:vexia.example 192.0.2.1 20250601100528 text/dns 24
vexia.example 192.0.2.1

http://vexia.example/lantern 192.0.2.1 20250601100528 text/html 507
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="en"><head><title>Lantern lit in Vexia</title><meta property="article:published_time" content="2025-03-14T08:00:00Z"></head><body><article><h1>Lantern lit in Vexia</h1><p>The great lantern of Vexia was lit on Friday for the first time since the autumn, and the whole town came to look at it.</p><p>“It is bright,” said Ada Quill, who had climbed the tower with a box of matches in the dark.</p></article></body></html>
http://vexia.example/logo.png 192.0.2.1 20250601100528 image/png 47
HTTP/1.1 200 OK
Content-Type: image/png

PNG
http://vexia.example/gone 192.0.2.1 20250601100528 text/html 60
HTTP/1.1 404 Not Found
Content-Type: text/html

<p>no</p>
