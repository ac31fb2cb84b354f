/* The floor under the packet emulator: what one device gives is written to the other, both ways, unread. It keeps no
 * model, ledger or instant; nothing that carries packets through a process one by one can do less.
 * Usage: floor, with the two devices open, not blocking, as descriptors 3 and 4. */
#include <poll.h>
#include <unistd.h>

enum { BATCH = 32, LARGEST_PACKET = 65535 };

static char packet[LARGEST_PACKET];

static int carry(int from, int to) {
  int count = 0;
  for (; count < BATCH; count++) {
    ssize_t size = read(from, packet, sizeof packet);
    if (size <= 0) break;
    if (write(to, packet, size) != size) continue;
  }
  return count;
}

int main(void) {
  struct pollfd devices[2] = {{.fd = 3, .events = POLLIN}, {.fd = 4, .events = POLLIN}};
  for (;;) {
    if (carry(3, 4) + carry(4, 3) > 0) continue;
    if (poll(devices, 2, -1) < 0) return 1;
    if ((devices[0].revents | devices[1].revents) & (POLLERR | POLLHUP | POLLNVAL)) return 0;
  }
}
